import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from "@xyflow/react";
import { memo, useMemo } from "react";
import { useBoard } from "./context";
import { Icon } from "./Icon";
import { pathOf, route } from "./route";

export type WayEdgeType = Edge<{ label: string | null; turn: number; name: string }, "way">;

/** The way from an outcome to the next step, around the cards between, with its arrow and its label. */
export const WayEdge = memo(function WayEdge(props: EdgeProps<WayEdgeType>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, selected, data } = props;
  const { boxes, readOnly, words, disconnect } = useBoard();
  const turn = data?.turn ?? 0;
  // Where connections are made, the arrow ends at the card's dot; else at the card itself.
  const tip = targetY + (readOnly ? 4 : 0);
  const { path, label } = useMemo(() => {
    const found = route({ x: sourceX, y: sourceY - 4 }, { x: targetX, y: tip - 7 }, source, target, boxes, turn);
    return { path: pathOf(found.points), label: found.label };
  }, [sourceX, sourceY, targetX, tip, source, target, boxes, turn]);
  const removable = selected && !readOnly;
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={22} />
      <path className="cpc-arrow" d={`M${targetX - 5.5} ${tip - 8}h11l-5.5 8z`} />
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
