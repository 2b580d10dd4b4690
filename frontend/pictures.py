"""
Draw the pictures that cannot be SVG, into img/: what is shown when an address is shared,
and the small signs of browsers.

Run it only when the sign, the name or the colours change, with the portal's own
environment (Playwright and Pillow) and a Chromium on the path:
    python frontend/pictures.py
"""

import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
IMG = HERE / "img"

SHARED = f"""
<style>
  @font-face {{ font-family: Head; src: url("{HERE}/fonts/merriweather-bold.woff2"); }}
  @font-face {{ font-family: Text; src: url("{HERE}/fonts/source-sans-regular.woff2"); }}
  body {{ background: #123131; color: #fff; height: 630px; margin: 0; overflow: hidden;
    position: relative; width: 1200px; }}
  h1 {{ font: 700 76px/1.2 Head; left: 72px; margin: 0; position: absolute; top: 84px; }}
  p {{ color: #e0f7f6; font: 30px/1.4 Text; left: 74px; margin: 0; position: absolute; top: 204px; }}
  img {{ bottom: 0; left: 430px; position: absolute; width: 1800px; }}
</style>
<h1>Immigration Section</h1>
<p>Office for Civil Rights and Civil Liberties<br>U.S. Department of Homeland Security</p>
<img src="{IMG}/doorways-wide.svg">
"""
SIGN = f'<style>body {{ margin: 0 }}</style><img src="{IMG}/sign.svg" width="%d">'


def draw(browser, html, width, height, target):
    tab = browser.new_page(viewport={"width": width, "height": height})
    with tempfile.NamedTemporaryFile("w", suffix=".html") as file:
        file.write(html)
        file.flush()
        tab.goto(f"file://{file.name}")
        tab.wait_for_load_state("networkidle")
        tab.screenshot(path=target, omit_background=True)
    tab.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    draw(browser, SHARED, 1200, 630, IMG / "og.png")
    draw(browser, SIGN % 180, 180, 180, IMG / "apple-touch-icon.png")
    draw(browser, SIGN % 256, 256, 256, IMG / "favicon.png")
    browser.close()

(IMG / "favicon.png").rename(IMG / "favicon-large.png")
with Image.open(IMG / "favicon-large.png") as large:
    large.save(IMG / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
(IMG / "favicon-large.png").unlink()
with Image.open(IMG / "og.png") as shared:
    shared.convert("RGB").quantize(64).save(IMG / "og.png", optimize=True)
