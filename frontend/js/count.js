// Beneath a long answer: how many characters are left, counted as the server counts them.
// Said when the person pauses, so that nobody hears a number after each letter.
const PAUSE = 800;

export function countCharacters() {
  if (!("Segmenter" in Intl)) return;
  const characters = new Intl.Segmenter(document.documentElement.lang);

  for (const field of document.querySelectorAll("textarea[data-most]")) {
    const said = document.createElement("p");
    said.className = "field__count";
    said.setAttribute("role", "status");
    field.after(said);

    const say = () => {
      const left = field.dataset.most - [...characters.segment(field.value)].length;
      said.classList.toggle("field__count--over", left < 0);
      said.textContent = !field.value
        ? ""
        : left < 0
          ? field.dataset.over.replace("%(over)d", -left)
          : field.dataset.left.replace("%(left)d", left);
    };

    let pause;
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(say, PAUSE);
    });
    say();
  }
}
