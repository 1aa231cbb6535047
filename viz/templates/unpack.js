"use strict";
/* The library travels packed, which makes the file half as large. It runs only if its hash is in the page's policy.
   A browser that cannot unpack it shows the drawing made for paper. */
window.__library = (async () => {
  if (!window.DecompressionStream) return new Promise(() => undefined);
  const packed = atob(document.getElementById("library").textContent);
  const bytes = Uint8Array.from(packed, (char) => char.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(plain).text();
  return document.head.append(script);
})();
