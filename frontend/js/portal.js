// Everything works without this file: it only adds. Its last act marks the page as enhanced.
import { countCharacters } from "./count.js";
import { leaveQuickly } from "./leave.js";
import { openForPrint } from "./print.js";
import { openTarget } from "./target.js";

countCharacters();
leaveQuickly();
openForPrint();
openTarget();

document.documentElement.classList.add("enhanced");
