import { ApiError } from "@cse/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { endStepUp, StepUpDeclined, useStepUp, withStepUp } from "@/features/stepUp/stepUp";

const REQUIRED = new ApiError(403, { code: "step_up_required", methods: ["totp", "recovery_code"] });

afterEach(() => endStepUp(false));

/** Refused until the person has shown it. */
function guarded() {
  return vi.fn().mockRejectedValueOnce(REQUIRED).mockResolvedValue("done");
}

describe("what may ask for a step up", () => {
  it("is done at once where it does not", async () => {
    expect(await withStepUp(async () => "done")).toBe("done");
    expect(useStepUp.getState().methods).toBeNull();
  });

  it("is done again once the person has shown it", async () => {
    const work = guarded();
    const result = withStepUp(work);
    await vi.waitFor(() => expect(useStepUp.getState().methods).toEqual(["totp", "recovery_code"]));
    expect(work).toHaveBeenCalledOnce();
    endStepUp(true);
    expect(await result).toBe("done");
    expect(work).toHaveBeenCalledTimes(2);
    expect(useStepUp.getState().methods).toBeNull();
  });

  it("is not done when the person declines", async () => {
    const work = guarded();
    const result = withStepUp(work);
    await vi.waitFor(() => expect(useStepUp.getState().methods).not.toBeNull());
    endStepUp(false);
    await expect(result).rejects.toBeInstanceOf(StepUpDeclined);
    expect(work).toHaveBeenCalledOnce();
  });

  it("asks once, and not again after a second refusal", async () => {
    const work = vi.fn().mockRejectedValue(REQUIRED);
    const result = withStepUp(work);
    await vi.waitFor(() => expect(useStepUp.getState().methods).not.toBeNull());
    endStepUp(true);
    await expect(result).rejects.toBe(REQUIRED);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("lets other refusals through", async () => {
    const other = new ApiError(409, { code: "second_factor_exists" });
    await expect(withStepUp(() => Promise.reject(other))).rejects.toBe(other);
    expect(useStepUp.getState().methods).toBeNull();
  });
});
