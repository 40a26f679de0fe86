import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { memo, useSyncExternalStore } from "react";
import { bodyHeight, hasPortRow, portRowHeight, widthOf } from "./card";
import { useBoard } from "./context";
import { Icon } from "./Icon";
import type { CanvasNode, Problem, Severity, StepFigures } from "./model";
import { counted, fill, severityWord } from "./words";

export type StepNode = Node<{ step: CanvasNode }, "step">;

const severityIcons: Record<Severity, string> = { error: "error", warning: "warning", info: "info" };
const severities: readonly Severity[] = ["error", "warning", "info"];

/** One step: its bar, icon, title, sentence, figures and outcomes. */
export const StepCard = memo(function StepCard({ id, data }: NodeProps<StepNode>) {
  const { store, words, readOnly } = useBoard();
  const figures = useSyncExternalStore(store.subscribe, () => store.figuresOf(id));
  const problems = useSyncExternalStore(store.subscribe, () => store.problemsOf(id)) ?? [];
  const worst = severities.find((severity) => problems.some((problem) => problem.severity === severity));
  const { step } = data;
  return (
    <div className={`cpc-card ${step.category} ${worst ?? ""}`} style={{ width: widthOf(step) }}>
      {step.hasInput && (
        <Handle type="target" position={Position.Top} isConnectable={!readOnly} className={readOnly ? "quiet" : ""} title={words.input} />
      )}
      <div className="cpc-bar" />
      <div className="cpc-body" style={{ height: bodyHeight(step) }}>
        <div className="cpc-head">
          <Icon name={step.icon} />
          <span className="cpc-title" title={step.title}>{step.title}</span>
          {step.badge && <span className="cpc-badge">{step.badge}</span>}
          {worst && <Icon name={severityIcons[worst]} className="cpc-mark" />}
        </div>
        <div className="cpc-sentence" title={step.sentence}>{step.sentence}</div>
      </div>
      {figures && <Figures figures={figures} />}
      <Ports step={step} />
      {problems.length > 0 && <Why problems={problems} />}
      <Description id={id} figures={figures} problems={problems} />
    </div>
  );
});

function Figures({ figures }: { figures: StepFigures }) {
  const { language } = useBoard();
  return (
    <div className="cpc-figures">
      <Icon name="receipt_long" />
      <b>{counted(language, "cases", figures.cases)}</b>
      <span>{figures.formatted}</span>
    </div>
  );
}

function Ports({ step }: { step: CanvasNode }) {
  const { words, language, readOnly } = useBoard();
  return (
    <>
      {hasPortRow(step) && (
        <div className="cpc-ports" lang={language} style={{ height: portRowHeight(step) }}>
          {step.ports.map((port) => (
            <div key={port.id} className="cpc-port" title={port.label}><span>{port.label}</span></div>
          ))}
        </div>
      )}
      {step.ports.map((port, index) => (
        <Handle
          key={port.id}
          id={port.id}
          type="source"
          position={Position.Bottom}
          isConnectable={!readOnly}
          style={{ left: `${((index + 0.5) * 100) / step.ports.length}%` }}
          title={fill(words.outcome, { name: port.label })}
        />
      ))}
    </>
  );
}

function Why({ problems }: { problems: readonly Problem[] }) {
  return (
    <div className="cpc-why" role="tooltip">
      {problems.map((problem, index) => (
        <p key={index}><Icon name={severityIcons[problem.severity]} /><span>{problem.message}</span></p>
      ))}
    </div>
  );
}

/** What a screen reader adds after the step's name: it changes with the live feed, so it is read on demand only. */
function Description({ id, figures, problems }: { id: string; figures: StepFigures | undefined; problems: readonly Problem[] }) {
  const { words, language } = useBoard();
  const parts = problems.map((problem) => `${severityWord(words, problem.severity)}: ${problem.message}`);
  if (figures) parts.unshift(`${counted(language, "cases", figures.cases)}, ${figures.formatted}.`);
  return <span id={describedBy(id)} className="cpc-hidden">{parts.join(" ")}</span>;
}

export function describedBy(id: string): string {
  return `cpc-about-${id}`;
}
