import type { Category, Language, Severity } from "./model";

const english = {
  canvas: "Scenario canvas",
  help: "Arrow keys walk from step to step, Enter opens a step, plus and minus zoom, 0 shows everything.",
  helpEditing: "Delete removes the step, Alt with an arrow key moves it.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Show everything",
  arrange: "Tidy up",
  minimap: "Overview of the scenario",

  disconnect: "Remove this connection",
  emptyTitle: "Nothing here yet",
  emptyHint: "Drag a step from the palette, or start with what sets the scenario off.",
  emptyReadOnly: "This scenario has no steps.",
  trigger: "Trigger",
  collecting: "Collecting",
  informing: "Informing",
  decision: "Decision",
  connecting: "Connecting",
  flow: "Flow",
  error: "Problem",
  warning: "Warning",
  info: "Note",
  cases_one: "{count} case",
  cases_other: "{count} cases",
  outcomes: "Outcomes: {list}.",
  input: "Way in",
  outcome: "Outcome {name}: drag to the next step",
  edge: "From {source} to {target}",
  edgeBy: "From {source}, {outcome}, to {target}",
  selected: "{title} selected",
  selectedMany: "{count} steps selected",
  nothingSelected: "Nothing selected",
  endOfWay: "No step that way",
  moved: "{title} moved",
  deleted: "Deleting {what}",
  copied_one: "{count} step copied",
  copied_other: "{count} steps copied",
  pasted: "Pasting",
  zoomed: "Zoom {percent} %",
};

/** Every word of the canvas has the same key in each language. */
export type Words = typeof english;

const french: Words = {
  canvas: "Schéma du scénario",
  help: "Les flèches mènent d’une étape à l’autre, Entrée ouvre une étape, plus et moins zooment, 0 montre tout.",
  helpEditing: "Suppr retire l’étape, Alt avec une flèche la déplace.",
  zoomIn: "Agrandir",
  zoomOut: "Réduire",
  fit: "Tout afficher",
  arrange: "Ranger",
  minimap: "Vue d’ensemble du scénario",

  disconnect: "Retirer ce lien",
  emptyTitle: "Rien ici pour l’instant",
  emptyHint: "Glissez une étape depuis la palette, ou commencez par ce qui déclenche le scénario.",
  emptyReadOnly: "Ce scénario n’a aucune étape.",
  trigger: "Déclencheur",
  collecting: "Encaissement",
  informing: "Information",
  decision: "Décision",
  connecting: "Connexion",
  flow: "Enchaînement",
  error: "Problème",
  warning: "Avertissement",
  info: "Remarque",
  cases_one: "{count} dossier",
  cases_other: "{count} dossiers",
  outcomes: "Issues : {list}.",
  input: "Entrée",
  outcome: "Issue {name} : glissez vers l’étape suivante",
  edge: "De {source} à {target}",
  edgeBy: "De {source}, {outcome}, à {target}",
  selected: "{title} sélectionnée",
  selectedMany: "{count} étapes sélectionnées",
  nothingSelected: "Aucune sélection",
  endOfWay: "Aucune étape par là",
  moved: "{title} déplacée",
  deleted: "Suppression de {what}",
  copied_one: "{count} étape copiée",
  copied_other: "{count} étapes copiées",
  pasted: "Collage",
  zoomed: "Zoom {percent} %",
};

const languages: Record<Language, Words> = { en: english, fr: french };

/** The words of a language; English for any other than those we have. */
export function wordsOf(language: string): Words {
  return languages[language.slice(0, 2).toLowerCase() as Language] ?? english;
}

/** Fills `{name}` with its value. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** "1 case", "143 cases", in the language's own plural (French counts zero as one). */
export function counted(language: string, key: "cases" | "copied", count: number): string {
  const form = new Intl.PluralRules(language).select(count) === "one" ? "one" : "other";
  return fill(wordsOf(language)[`${key}_${form}`], { count: new Intl.NumberFormat(language).format(count) });
}

export function categoryWord(words: Words, category: Category): string {
  return words[category];
}

export function severityWord(words: Words, severity: Severity): string {
  return words[severity];
}
