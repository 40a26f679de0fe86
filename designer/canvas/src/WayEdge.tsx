import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from "@xyflow/react";
import { memo, useMemo } from "react";
import { useBoard } from "./context";
import { Icon } from "./Icon";
import { pathOf } from "./path";
import { routeFree } from "./route";
import { arrow, leave, middle, type Way } from "./ways";

export type WayEdgeType = Edge<{ label: string | null; name: string }, "way">;

/** Half of a port's dot, by which it stands out of its card. */
const dot = 5;

/** Where connections are made, the arrow ends at the card's dot; else at the card itself. */
export function tipOf(readOnly: boolean): number {
  return readOnly ? 1 : dot;
}

function dragged(fromX: number, fromY: number, toX: number, toY: number): Way {
  const points = routeFree({ x: fromX, y: fromY + leave }, { x: toX, y: toY - arrow }, 0);
  return { points, label: middle(points) };
}

/** The way from an outcome to the next step, around the cards between, with its arrow and its label. */
export const WayEdge = memo(function WayEdge(props: EdgeProps<WayEdgeType>) {
  const { id, sourceX, sourceY, targetX, targetY, selected, data } = props;
  const { ways, readOnly, words, disconnect } = useBoard();
  const way = ways.get(id) ?? dragged(sourceX, sourceY - dot, targetX, targetY + dot - tipOf(readOnly));
  const path = useMemo(() => pathOf(way.points), [way]);
  const { label } = way;
  const end = way.points.at(-1)!;
  const removable = selected && !readOnly;
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={22} />
      <path className="cpc-arrow" d={`M${end.x - 5.5} ${end.y - 1}h11l-5.5 8z`} />
      {(data?.label || removable) && (
        <EdgeLabelRenderer>
          <div
            className={`cpc-label nodrag nopan ${selected ? "selected" : ""}`}
            data-edge={id}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {data?.label}
            {removable && (
              <button type="button" title={words.disconnect} aria-label={`${words.disconnect}: ${data?.name}`} onClick={() => disconnect(id)}>
                <Icon name="close" />
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
