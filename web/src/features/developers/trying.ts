/** A request that somebody fills in, sent as it is, and its answer as it came. */

import type { Operation } from "./operations";

export interface Filled {
  /** What was typed, by the parameter's name. */
  readonly values: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly tookMs: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

/** Of an answer's headers those that say something of the exchange. */
const SHOWN = /^(cse-|ratelimit|retry-after|content-type)/i;

/** The address of a filled request; what was left out is left out. */
export function addressOf({ path, parameters }: Operation, { values }: Filled): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const query = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = values[name];
    if (place === "query" && value) query.append(name, value);
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** What still has to be filled in: the first parameter that is needed and empty, or a body that is no JSON. */
export function missingOf({ parameters, body }: Operation, filled: Filled): string | null {
  const empty = parameters.find(({ name, required }) => required && !filled.values[name]);
  if (empty) return empty.name;
  if (body === null) return null;
  try {
    JSON.parse(filled.body);
    return null;
  } catch {
    return "body";
  }
}

/** Sends it with the token, if there is one. Throws what `fetch` throws. */
export async function send(
  operation: Operation,
  filled: Filled,
  token: string | null,
  signal: AbortSignal,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  if (operation.body !== null) headers["Content-Type"] = "application/json";
  for (const { name, in: place } of operation.parameters) {
    const value = filled.values[name];
    if (place === "header" && value) headers[name] = value;
  }
  const init: RequestInit = { method: operation.method, headers, signal };
  if (operation.body !== null) init.body = filled.body;
  const began = performance.now();
  const response = await fetch(addressOf(operation, filled), init);
  const text = await response.text();
  return {
    status: response.status,
    tookMs: performance.now() - began,
    headers: [...response.headers].filter(([name]) => SHOWN.test(name)),
    text: readable(text),
  };
}

/** The same as a line for a shell. */
export function curlOf(operation: Operation, filled: Filled, origin: string): string {
  const parts = [`curl '${origin}${addressOf(operation, filled)}'`];
  if (operation.method !== "GET") parts.push(`-X ${operation.method}`);
  if (operation.personal) parts.push('-H "Authorization: Bearer $TOKEN"');
  for (const { name, in: place } of operation.parameters) {
    const value = filled.values[name];
    if (place === "header" && value) parts.push(`-H '${name}: ${quoted(value)}'`);
  }
  if (operation.body !== null) {
    parts.push("-H 'Content-Type: application/json'", `-d '${quoted(filled.body.replace(/\n\s*/g, " "))}'`);
  }
  return parts.join(" \\\n  ");
}

function quoted(text: string): string {
  return text.replaceAll("'", "'\\''");
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
