// Copies a link into the clipboard; where the browser allows no clipboard, it selects it to be copied by hand.
"use strict";

document.querySelectorAll("[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById("copied");
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "已复制。";
    } catch {
      said.textContent = "已选中，请按 Ctrl+C 复制。";
    }
  });
});
