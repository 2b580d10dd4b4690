// A link to words inside a closed <details> opens it first.
export function openTarget() {
  const open = () => {
    const target = document.querySelector(":target");
    const details = target?.closest("details:not([open])");
    if (!details) return;
    details.open = true;
    target.scrollIntoView();
  };

  addEventListener("hashchange", open);
  open();
}
