/** Of ascending choices the one beside the chosen one; at an end it stays. */
export function besides(choices: readonly bigint[], chosen: bigint, by: 1 | -1): bigint {
  return choices[choices.indexOf(chosen) + by] ?? chosen;
}
