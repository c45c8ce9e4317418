/** Reads the exchange's description of its routes; apart, for what checks it is as large as half of the page. */

import * as z from "zod/mini";
import type { Description, Operation, Parameter } from "./operations";

const PARAMETER = z.object({
  name: z.string(),
  in: z.string(),
  required: z.optional(z.boolean()),
  description: z.optional(z.string()),
  schema: z.optional(z.unknown()),
});
const EXAMPLE = z.object({ summary: z.optional(z.string()), value: z.unknown() });
const CONTENT = z.record(
  z.string(),
  z.object({ schema: z.optional(z.unknown()), examples: z.optional(z.record(z.string(), EXAMPLE)) }),
);
const OPERATION = z.object({
  summary: z.string(),
  parameters: z.optional(z.array(PARAMETER)),
  requestBody: z.optional(z.object({ content: CONTENT })),
  responses: z.record(z.string(), z.object({ description: z.string() })),
  security: z.optional(z.array(z.record(z.string(), z.unknown()))),
  "x-rate-limit": z.optional(z.object({ counted: z.string(), weight: z.number() })),
});
const DOCUMENT = z.object({
  paths: z.record(z.string(), z.record(z.string(), OPERATION)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** Reads an OpenAPI document. Throws what zod throws where it is none of ours. */
export function describe(document: unknown): Description {
  const { paths, components } = z.parse(DOCUMENT, document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(method, path, operation)),
  );
  const about = (type: string) => {
    const { description } = (components.schemas[type] ?? {}) as { description?: unknown };
    return typeof description === "string" ? description.replace(/\n {4}/g, "\n").trim() : null;
  };
  return { operations, about };
}

function operationOf(method: string, path: string, operation: z.infer<typeof OPERATION>): Operation {
  const json = operation.requestBody?.content["application/json"];
  return {
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    personal: operation.security !== undefined,
    weight: operation["x-rate-limit"]?.weight ?? null,
    parameters: (operation.parameters ?? []).flatMap(parameterOf),
    body: json ? nameOf(json.schema) : null,
    examples: Object.entries(json?.examples ?? {}).map(([name, { summary, value }]) => ({
      title: summary ?? name,
      text: JSON.stringify(value, null, 2),
    })),
    refusals: Object.entries(operation.responses)
      .filter(([status]) => Number(status) >= 400)
      .map(([status, { description }]) => ({ status, codes: codesOf(description) })),
  };
}

function parameterOf(parameter: z.infer<typeof PARAMETER>): Parameter[] {
  const { name, required = false, description = null } = parameter;
  if (parameter.in !== "path" && parameter.in !== "query" && parameter.in !== "header") return [];
  return [{ name, in: parameter.in, required, description, kind: kindOf(parameter.schema) }];
}

/** A schema in a few words: `1 to 500`, `open | closed | all`, `string`. */
export function kindOf(schema: unknown): string {
  const {
    type,
    enum: choices,
    anyOf,
    minimum,
    maximum,
    default: usual,
  } = (schema ?? {}) as {
    type?: string;
    enum?: unknown[];
    anyOf?: unknown[];
    minimum?: number;
    maximum?: number;
    default?: unknown;
  };
  const kinds = anyOf?.map(kindOf).filter((kind) => kind !== "null") ?? [];
  const bounds = minimum !== undefined && maximum !== undefined ? `${minimum}–${maximum}` : null;
  const kind = choices?.join(" | ") ?? (kinds.length > 0 ? kinds.join(" | ") : (bounds ?? type ?? "any"));
  return usual == null ? kind : `${kind} = ${String(usual)}`;
}

function nameOf(schema: unknown): string | null {
  const { $ref } = (schema ?? {}) as { $ref?: string };
  return $ref?.split("/").at(-1) ?? null;
}

/** The codes of a description such as "`one`: words; `other`: words". */
function codesOf(description: string): string[] {
  return [...description.matchAll(/`([a-z_]+)`:/g)].map(([, code]) => code as string);
}
