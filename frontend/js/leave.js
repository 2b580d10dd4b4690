// "Leave this site" is a plain link. With script it also empties the page at once, takes the
// page's place in the history, and answers to Escape pressed three times.
const PRESSES = 3;
const WITHIN = 2000;

export function leaveQuickly() {
  const link = document.querySelector("[data-leave]");
  if (!link) return;

  const leave = () => {
    document.body.hidden = true;
    document.title = "\u200b";
    location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });

  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= PRESSES) leave();
  });

  // "Back" may bring the page from the browser's memory: what it showed is fetched anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  const hint = document.querySelector("[data-leave-hint]");
  if (hint) hint.hidden = false;
}
