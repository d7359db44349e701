import { make } from "./dom.js";

let dialog = null;

/** Asks for an API key, has the browser keep it in a cookie that scripts cannot read, and loads the page anew. */
export function signIn() {
  if (dialog) return;
  const key = make("input", { type: "password", id: "key", required: "", autocomplete: "current-password" });
  const refusal = make("p", { role: "alert" });
  const form = make("form", { method: "dialog" }, [
    make("h2", {}, "API key"),
    make("p", {}, "This service asks for a key. Whoever runs it makes one with: anfinsen key create NAME"),
    make("label", { for: "key" }, "Key"),
    key,
    refusal,
    make("button", { type: "submit" }, "Use this key"),
  ]);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const response = await fetch("v1/session", {
      method: "POST",
      headers: { Authorization: `Bearer ${key.value.trim()}` },
    });
    if (response.ok) location.reload();
    else refusal.textContent = "The service does not know this key, or it was revoked.";
  });
  dialog = make("dialog", { "aria-label": "API key" }, [form]);
  document.body.append(dialog);
  dialog.showModal();
}
