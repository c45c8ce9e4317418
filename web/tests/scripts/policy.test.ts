import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scriptHashes, writePolicies } from "../../scripts/policy.mjs";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the policy of a page", () => {
  it("names each inline script once, and no script of a file", () => {
    const html = `<script src="/a.js"></script><script>one</script><script id="b">two</script><script>one</script>`;
    expect(scriptHashes(html)).toEqual([hash("one"), hash("two")]);
  });

  it("is written for every page, strict for all else", () => {
    const out = mkdtempSync(join(tmpdir(), "policy-"));
    writeFileSync(join(out, "en.html"), "<script>one</script>");
    expect(writePolicies(out)).toBe(1);
    const written = JSON.parse(readFileSync(join(out, "csp.json"), "utf8"));
    expect(written.pages["/en.html"]).toContain(`script-src 'self' ${hash("one")};`);
    expect(written.default).toContain("script-src 'self';");
    for (const policy of [written.default, written.pages["/en.html"]]) {
      expect(policy).toMatch(/^default-src 'none'/);
      expect(policy).not.toContain("unsafe");
      expect(policy).toContain("frame-ancestors 'none'");
    }
  });
});
