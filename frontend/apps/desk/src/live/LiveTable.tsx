import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';

export interface Column<Row> {
  /** Also names its width in the style sheet. */
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
}

interface LiveTableProps<Row> {
  /** The id of its heading. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly isUrgent: (row: Row) => boolean;
}

const rowHeight = 45;

/** A table of any length: only the rows in sight are drawn, between two spacers. On narrow screens each row is a card. */
export function LiveTable<Row>({ name, columns, rows, rowKey, isUrgent }: LiveTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 6,
  });
  const items = drawn.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = drawn.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to do that
    <section className="live-scroller" ref={scroller} tabIndex={0} aria-labelledby={name}>
      <table className={`live-table ${name}`} aria-labelledby={name} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, title }) => (
              <th key={id} scope="col" className={id}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} />
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <tr
                  key={key}
                  ref={drawn.measureElement}
                  data-index={index}
                  aria-rowindex={index + 2}
                  className={isUrgent(row) ? 'urgent' : undefined}
                >
                  {columns.map(({ id, title, cell }) => (
                    <td key={id} className={id} data-title={title}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              )
            );
          })}
          <Spacer height={below} />
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr className="spacer" style={{ blockSize: height }} aria-hidden />;
}
