import { describe, expect, it } from "vitest";
import { fromHere, parted } from "@/features/mailbox/links";

describe("the text of a mail", () => {
  it.each([
    ["", []],
    ["no link", []],
    [
      "open\n\nhttp://localhost:8000/reset-password#a-b_c\n\nsoon",
      ["http://localhost:8000/reset-password#a-b_c"],
    ],
    ["https://a.example/1 https://a.example/2", ["https://a.example/1", "https://a.example/2"]],
    ["javascript:alert(1) and ftp://a.example", []],
    ['"https://a.example/"<b>', ["https://a.example/"]],
  ])("%j is parted at its links and loses nothing", (text, links) => {
    const parts = parted(text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    expect(parts.filter((part) => part.link).map((part) => part.text)).toEqual(links);
    expect(new Set(parts.map((part) => part.at)).size).toBe(parts.length);
  });
});

describe("a link of a mail", () => {
  it.each([
    ["http://localhost:8000/a#t", "http://127.0.0.1:8000/en/mailbox", "http://127.0.0.1:8000/a#t"],
    ["http://localhost:8000/a?b#t", "http://[::1]:8000/en/mailbox", "http://[::1]:8000/a?b#t"],
    ["http://127.0.0.1:8000/a", "http://localhost:8000/en/mailbox", "http://localhost:8000/a"],
    ["http://localhost:8000/a", "http://localhost:8000/en/mailbox", "http://localhost:8000/a"],
    ["http://localhost:8001/a", "http://127.0.0.1:8000/en/mailbox", "http://localhost:8001/a"],
    ["https://localhost:8000/a", "http://127.0.0.1:8000/en/mailbox", "https://localhost:8000/a"],
    ["http://a.example:8000/a", "http://127.0.0.1:8000/en/mailbox", "http://a.example:8000/a"],
    ["http://127.0.0.1.a.example:8000/a", "http://localhost:8000/", "http://127.0.0.1.a.example:8000/a"],
    ["http://localhost:8000/a", "http://a.example:8000/en/mailbox", "http://localhost:8000/a"],
  ])("%s opened at %s leads to %s", (link, here, to) => {
    expect(fromHere(link, here)).toBe(to);
  });
});
