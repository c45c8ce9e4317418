// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Button } from "@/components/Button";
import { NumberField } from "@/components/Field";
import { Change } from "@/components/Figures";
import { SegmentedSwitch } from "@/components/Tabs";

afterEach(cleanup);

describe("a number field", () => {
  it.each([
    [{ key: "ArrowUp" }, [1, 1]],
    [{ key: "ArrowDown" }, [-1, 1]],
    [{ key: "ArrowUp", shiftKey: true }, [1, 10]],
    [{ key: "ArrowDown", altKey: true }, [-1, 100]],
  ])("steps by %j", (key, step) => {
    const onStep = vi.fn();
    render(<NumberField label="Price" unit="USDC" value="1" onValue={() => {}} onStep={onStep} />);
    fireEvent.keyDown(screen.getByLabelText("Price"), key);
    expect(onStep).toHaveBeenCalledExactlyOnceWith(...step);
  });

  it("keeps what is typed as it is", () => {
    const onValue = vi.fn();
    render(<NumberField label="Price" unit="USDC" value="" onValue={onValue} />);
    fireEvent.change(screen.getByLabelText("Price"), { target: { value: "1.234,5" } });
    expect(onValue).toHaveBeenCalledWith("1.234,5");
  });

  it("names its error to those who listen", () => {
    render(<NumberField label="Price" unit="USDC" value="9" onValue={() => {}} error="Too high." />);
    const field = screen.getByLabelText("Price");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    const note = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe("Too high.");
  });
});

describe("a busy button", () => {
  it("cannot fire again", () => {
    const act = vi.fn();
    render(
      <Button busy onClick={act}>
        Sending
      </Button>,
    );
    fireEvent.click(screen.getByRole("button"));
    expect(act).not.toHaveBeenCalled();
  });
});

describe("a switch of two", () => {
  const options = [
    { key: "buy", label: "Buy" },
    { key: "sell", label: "Sell" },
  ] as const;

  it.each([
    ["ltr", "ArrowRight"],
    ["rtl", "ArrowLeft"],
    ["ltr", "ArrowDown"],
  ])("goes on in %s with %s", (direction, key) => {
    const choose = vi.fn();
    render(
      <div style={{ direction: direction as "ltr" }} dir={direction}>
        <SegmentedSwitch label="Side" options={options} value="buy" onValue={choose} />
      </div>,
    );
    const group = screen.getByRole("radiogroup");
    group.style.direction = direction;
    screen.getByText("Buy").focus();
    fireEvent.keyDown(group, { key });
    expect(choose).toHaveBeenCalledWith("sell");
  });
});

describe("a change", () => {
  it("shows a dash where it is not known, never 0", () => {
    render(<Change direction={null}>0.00 %</Change>);
    expect(screen.getByText("—")).toBeTruthy();
    expect(screen.queryByText("0.00 %")).toBeNull();
  });

  it("has an arrow as well as a colour", () => {
    const { container } = render(<Change direction="down">−2.18 %</Change>);
    expect(container.querySelector("svg")).not.toBeNull();
  });
});
