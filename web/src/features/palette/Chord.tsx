import { Fragment } from "react";
import { Key } from "@/components/Chip";

/** Keys that are pressed together, such as `Ctrl K`: with a space between two for who reads their text. */
export function Chord({ keys }: { keys: string }) {
  return keys.split(" ").map((key, at) => (
    <Fragment key={key}>
      {at > 0 && " "}
      <Key>{key}</Key>
    </Fragment>
  ));
}
