import { Panel } from "@xyflow/react";
import { useBoard } from "./context";
import { Icon } from "./Icon";
import type { View } from "./view";

/** The buttons in the corner: zoom, show everything, tidy up. */
export function Tools({ view, arrange }: { view: View; arrange: () => void }) {
  const { words, readOnly } = useBoard();
  return (
    <Panel position="bottom-left" className="cpc-tools" role="toolbar" aria-label={words.canvas}>
      <Tool icon="remove" word={words.zoomOut} run={view.zoomOut} />
      <Tool icon="add" word={words.zoomIn} run={view.zoomIn} />
      <Tool icon="fit_screen" word={words.fit} run={view.fit} />
      {!readOnly && <Tool icon="account_tree" word={words.arrange} run={arrange} />}
    </Panel>
  );
}

function Tool({ icon, word, run }: { icon: string; word: string; run: () => void }) {
  return (
    <button type="button" title={word} aria-label={word} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}
