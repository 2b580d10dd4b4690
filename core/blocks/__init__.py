from .body import BodyBlock, contents, section_anchor
from .doors import DoorBlock, FunctionBlock

__all__ = ["BodyBlock", "DoorBlock", "FunctionBlock", "contents", "section_anchor"]
