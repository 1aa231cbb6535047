// Before the first paint: the theme chosen here, so that nothing flashes. A classic script, not a module.
"use strict";
document.documentElement.dataset.theme =
  localStorage.getItem("xinmai.theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
