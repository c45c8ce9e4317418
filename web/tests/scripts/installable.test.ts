import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/i18n/locales";
import { markPng } from "../../scripts/icons.mjs";
import { firstInlineScript, manifest, offlinePage } from "../../scripts/installable.mjs";

const MESSAGES = fileURLToPath(new URL("../../messages", import.meta.url));
const words = (locale: string, name: string) =>
  JSON.parse(readFileSync(join(MESSAGES, locale, `${name}.json`), "utf8"));

/** Red, green, blue and alpha of a pixel; rows have no filter. */
function pixel(png: Buffer, size: number, x: number, y: number): number[] {
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  return [...rows.subarray(y * (1 + size * 4) + 1 + x * 4).subarray(0, 4)];
}

describe("an icon", () => {
  it("is the mark: bars on a square with round corners", () => {
    const png = markPng(96);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([96, 96]);
    expect(pixel(png, 96, 0, 0)[3]).toBe(0);
    expect(pixel(png, 96, 48, 4)).toEqual([0x6a, 0x55, 0xf5, 255]);
    expect(pixel(png, 96, 66, 60)).toEqual([255, 255, 255, 255]);
  });

  it("may be masked without a loss", () => {
    const png = markPng(96, { maskable: true });
    for (const corner of [0, 95]) expect(pixel(png, 96, corner, corner)).toEqual([0x6a, 0x55, 0xf5, 255]);
    for (let at = 0; at < 96; at += 1) expect(pixel(png, 96, at, 12)[2]).toBe(0xf5);
  });
});

describe("what a device is told of the app", () => {
  it.each(LOCALES)("is enough to install it: %s", (locale) => {
    const told = manifest(locale, words(locale, "common"));
    expect(told).toMatchObject({ id: "/", scope: "/", start_url: `/${locale}`, display: "standalone" });
    expect(told.name).not.toBe("");
    expect(told.dir).toBe(locale === "ar" ? "rtl" : "ltr");
    expect(told.icons.map(({ sizes, purpose }) => [sizes, purpose])).toEqual([
      ["192x192", undefined],
      ["512x512", undefined],
      ["512x512", "maskable"],
    ]);
  });
});

describe("the offline page", () => {
  it.each(readdirSync(MESSAGES))("says all of it: %s", (locale) => {
    const said = words(locale, "offline");
    const page = offlinePage(locale, { ...said, product: "CSE" }, "boot()", "<svg></svg>");
    expect(page).toContain(`<html lang="${locale}" dir="${locale === "ar" ? "rtl" : "ltr"}"`);
    for (const text of Object.values(said)) expect(page).toContain(`>${text}`);
    // When prices were live is not known before it is looked up.
    expect(page).toContain('<span id="live">—</span>');
    expect(page).not.toMatch(/ style=|<style|https?:/);
  });

  it("shows words as words", () => {
    const plain = { title: "", description: "", orders: "", prices: "", open: "", live: "", again: "" };
    const page = offlinePage(
      "en",
      { ...plain, title: "<img src=x>", description: '"&', product: "CSE" },
      "",
      "",
    );
    expect(page).not.toContain("<img");
    expect(page).toContain("<h1>&#60;img src=x&#62;</h1>");
    expect(page).toContain("<p>&#34;&#38;</p>");
  });

  it("chooses its theme as every page does", () => {
    expect(firstInlineScript("<head><script src=a></script><script>boot()</script>")).toBe("boot()");
    expect(() => firstInlineScript("<p>")).toThrow("theme");
  });
});

describe("the service worker", () => {
  const source = readFileSync(fileURLToPath(new URL("../../src/offline/worker.js", import.meta.url)), "utf8");

  it("answers for pages alone, and keeps no more than the offline page", () => {
    expect(source.match(/\.(put|add|addAll)\(/g)).toEqual([".addAll("]);
    expect(source.match(/mode === "navigate"/g)).toHaveLength(1);
    expect(source).toContain("cse-offline-$" + "{BUILD}");
  });
});
