// The one door to the server: JSON in, JSON out, every failure an ApiError with words a user can act on.

import { inARow, lang } from "./language.js";

export class ApiError extends Error {
  /** @param {number} status @param {{message: string, remedy?: string, candidates?: any[], value?: string}} error */
  constructor(status, error) {
    super(inARow([error.message, error.remedy]));
    this.status = status;
    this.candidates = error.candidates ?? [];
    this.error = error;
  }
}

/** Parameters without those that are empty; lists are repeated. */
export function query(parameters) {
  const made = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) made.append(name, String(one));
  }
  const text = made.toString();
  return text ? `?${text}` : "";
}

async function answer(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { Accept: "application/json", "Accept-Language": lang(), ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { message: "连不上信脉服务（cannot reach the service）", remedy: "看 xinmai serve 是否还在运行，再试一次（check that xinmai serve still runs）" });
  }
  return response;
}

async function read(response) {
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, body?.error ?? { message: `HTTP ${response.status}` });
  return body;
}

/** GET; `signal` aborts it. */
export const get = async (path, parameters = {}, { signal } = {}) => read(await answer(path + query(parameters), { signal }));

/** POST, PUT or DELETE with a JSON body. */
export const send = async (method, path, body = undefined, { signal } = {}) =>
  read(await answer(path, {
    method, signal,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  }));

/** POST with form data (files). */
export const upload = async (path, form, { signal } = {}) => read(await answer(path, { method: "POST", signal, body: form }));

/** POST whose answer is a file. */
export async function download(method, path, body, { signal } = {}) {
  const response = await answer(path, {
    method, signal,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) await read(response);
  const named = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  return { blob: await response.blob(), name: named?.[1] ?? "xinmai" };
}
