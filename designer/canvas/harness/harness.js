// Plays C#'s part in the page: holds the document, answers commands with patches, writes down what it was told.
import { create } from "/canvas/canvas.js";
import { figures, problems, scenario } from "./scenarios.js";

const query = new URLSearchParams(location.search);
const language = query.get("language") ?? "en";
const readOnly = query.get("readOnly") === "1";
const dark = query.get("dark") === "1";
let document_ = scenario(query.get("graph") ?? "soft-dunning", language);
window.told = [];

const reference = {
  async invokeMethodAsync(method, ...parameters) {
    window.told.push([method, ...parameters]);
    if (method === "OnCommands" && parameters[0] === document_.revision) answer(parameters[1]);
    return null;
  },
};

function answer(commands) {
  const operations = commands.flatMap((command) => {
    switch (command.kind) {
      case "Move": return command.placements.map((placement) => ({ kind: "MoveNode", ...placement }));
      case "Connect": return [{ kind: "AddEdge", edge: { ...command, id: `way-${document_.revision}` } }];
      case "Disconnect": return [{ kind: "RemoveEdge", id: command.edgeId }];
      case "Delete": return [...command.edgeIds.map((id) => ({ kind: "RemoveEdge", id })), ...command.nodeIds.map((id) => ({ kind: "RemoveNode", id }))];
      case "Add": return [{ kind: "AddNode", node: { id: `step-${document_.revision}`, type: command.activityType, title: "New step", sentence: command.activityType, icon: "extension", category: "flow", ports: [{ id: "Done", label: "Done" }], hasInput: true, x: command.x, y: command.y } }];
      default: return [];
    }
  });
  document_ = { ...document_, revision: document_.revision + 1 };
  window.handle.applyPatch(document_.revision, operations);
}

window.handle = create(document.getElementById("canvas"), reference, { language, readOnly, dark });
document.body.style.background = dark ? "#10151d" : "#f5f6f9";
window.handle.setDocument(document_);
if (query.get("problems") === "1") window.handle.setProblems(problems(language));
if (query.get("overlay") === "1") window.handle.setOverlay(figures(language));
if (query.get("select")) window.handle.setSelection(query.get("select").split(","));
await document.fonts.ready;
await new Promise((done) => setTimeout(done, 300));
window.ready = true;
