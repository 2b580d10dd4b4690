// Paper shows what closed <details> hold, also in browsers whose CSS cannot open them.
export function openForPrint() {
  const opened = [];

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("main details:not([open])")) {
      details.open = true;
      opened.push(details);
    }
  });
  addEventListener("afterprint", () => {
    for (const details of opened.splice(0)) details.open = false;
  });
}
