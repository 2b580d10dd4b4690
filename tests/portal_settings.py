"""The production settings, with an interface in pseudo-Arabic beside the real languages."""

import os

from crcl_portal.settings import *  # noqa: F403
from crcl_portal.settings import LOCALE_PATHS

LOCALE_PATHS = [os.environ["PSEUDO_LOCALE"], *LOCALE_PATHS]
