// Elements made without markup: what others said is always text, never HTML.
const SVG = "http://www.w3.org/2000/svg";

function el(tag, about = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "at") place(made, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.flat().filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
}

// Where something stands on the time axis, as shares of its length: {left, width}.
function place(element, { left, width }) {
  element.style.left = `${left * 100}%`;
  if (width !== undefined) element.style.width = `${width * 100}%`;
}

function path(d, about = {}) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("d", d);
  for (const [name, value] of Object.entries(about)) made.setAttribute(name, value);
  return made;
}

function drawing(box, ...inside) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", box);
  made.setAttribute("aria-hidden", "true");
  made.append(...inside);
  return made;
}

// A severity by shape too, for those who cannot tell the colours apart: diamond, triangle, circle.
const SHAPES = { critical: "M8 0.5 15.5 8 8 15.5 0.5 8Z", warn: "M8 1 15.5 14.5H0.5Z", info: "M8 2a6 6 0 1 0 0.01 0Z" };

function shape(severity) {
  const made = drawing("0 0 16 16", path(SHAPES[severity] || SHAPES.info));
  made.classList.add("shape", severity);
  return made;
}

function button(words, act, about = {}) {
  return el("button", { type: "button", onclick: act, ...about }, words);
}
