import { signIn } from "./session.js";

/** A refusal of the service: its problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || document.title || `the service answered ${status}`);
    this.status = status;
    this.title = document.title || "The service refused";
    this.errors = document.errors || [];
  }
}

async function answer(response) {
  if (response.status === 401) signIn();
  if (response.ok) return response.status === 204 ? null : response.json();
  let document = {};
  try {
    document = await response.json();
  } catch {
    // Not the service's own answer: a proxy's, for instance.
  }
  throw new Problem(response.status, document);
}

const call = async (path, options) => answer(await fetch(path, options));

export const models = async () => (await call("v1/models")).models;

export const databases = async () => (await call("v1/databases")).databases;

export const jobs = (offset, limit, state, name) =>
  call(`v1/predictions?${new URLSearchParams({ offset, limit, state, name })}`);

export const ensemble = async (id) => (await call(`v1/predictions?${new URLSearchParams({ ensemble: id })}`)).jobs;

export const job = (id) => call(`v1/predictions/${id}`);

export const remove = (id) => call(`v1/predictions/${id}`, { method: "DELETE" });

/** Submits text or a file; answers the list of jobs. */
export async function submit(text, options) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(options.parameters)) if (value !== "") query.set(key, value);
  const made = await call(`v1/predictions?${query}`, {
    method: "POST",
    headers: { "Content-Type": options.alignment ? "text/x-a3m" : "text/x-fasta" },
    body: text,
  });
  return made.jobs;
}

/** Scores a prediction against a structure file; answers the scores and the structure moved onto the prediction. */
export const compareWithStructure = (id, text, chain) =>
  call(`v1/predictions/${id}/comparison?${new URLSearchParams(chain ? { chain } : {})}`, {
    method: "POST", headers: { "Content-Type": "text/plain" }, body: text,
  });

/** The same against another prediction. */
export const compareWithPrediction = (id, other) => call(`v1/predictions/${id}/comparison?${new URLSearchParams({ other })}`);

export const text = async (path) => {
  const response = await fetch(path);
  if (!response.ok) throw new Problem(response.status, {});
  return response.text();
};

export const json = (path) => call(path);

export const binary = async (path) => {
  const response = await fetch(path);
  if (!response.ok) throw new Problem(response.status, {});
  return response.arrayBuffer();
};

/** Follows a job; answers a function that stops. */
export function follow(id, onEvent) {
  const source = new EventSource(`v1/predictions/${id}/events`);
  const handle = (event) => {
    const data = JSON.parse(event.data);
    if (isFinal(data.state)) source.close();
    onEvent(data);
  };
  source.addEventListener("state", handle);
  source.addEventListener("progress", handle);
  return () => source.close();
}

export const isFinal = (state) => ["done", "failed", "cancelled"].includes(state);
