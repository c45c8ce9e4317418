import type { ReactNode } from "react";
import { Table, type TableLook } from "@/components/Table";

/** A table whose rows are drawn by their index, so that it may draw those alone that are seen. */
export interface RowsTableProps {
  label: string;
  look: TableLook;
  className?: string | undefined;
  head: ReactNode;
  columns: number;
  count: number;
  /** `place` is the row's among all that there are, the head first; undefined where all are drawn. */
  row(index: number, place: number | undefined): ReactNode;
  /** Under the rows. */
  foot?: ReactNode;
}

/** Draws all of its rows. */
export function RowsTable({ label, look, className, head, count, row, foot }: RowsTableProps) {
  return (
    <Table label={label} look={look} className={className} head={head} foot={foot}>
      {Array.from({ length: count }, (_, index) => row(index, undefined))}
    </Table>
  );
}
