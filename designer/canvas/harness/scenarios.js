// Graphs to look at: a soft dunning with its loop back, in both languages, and a large one to feel the weight.
const done = ["Done", { en: "Done", fr: "Terminé" }];
const paid = ["Paid", { en: "Paid", fr: "Payé" }];
const partly = ["Partly paid", { en: "Partly paid", fr: "Partiellement payé" }];
const late = ["Time limit", { en: "Time limit", fr: "Délai dépassé" }];
const sent = [["Sent", { en: "Sent", fr: "Envoyé" }], ["Not allowed", { en: "Not allowed", fr: "Non autorisé" }]];

const steps = [
  ["imported", "trigger", "upload_file", [done], { en: "Invoice imported", fr: "Facture importée" }, { en: "Starts for every invoice of more than €50.00 that falls due.", fr: "Démarre pour chaque facture de plus de 50,00 € qui arrive à échéance." }, { en: "Start", fr: "Début" }],
  ["request", "collecting", "request_quote", [["Created", { en: "Created", fr: "Créée" }], ["Refused", { en: "Refused", fr: "Refusée" }]], { en: "Create payment request", fr: "Créer une demande de paiement" }, { en: "Asks for the open amount by card or transfer, until 30 days after the due date.", fr: "Demande le montant dû par carte ou virement, jusqu’à 30 jours après l’échéance." }],
  ["reminder", "informing", "outgoing_mail", sent, { en: "Send reminder", fr: "Envoyer une relance" }, { en: "E-mail “Friendly reminder” with the payment link and its QR code.", fr: "E-mail « Relance amicale » avec le lien de paiement et son code QR." }],
  ["wait", "collecting", "hourglass_top", [paid, partly, late], { en: "Wait for payment", fr: "Attendre le paiement" }, { en: "Waits 7 days for payment, Sundays and bank holidays not counted.", fr: "Attend le paiement pendant 7 jours, hors dimanches et jours fériés." }],
  ["erp", "connecting", "sync_alt", [["Accepted", { en: "Accepted", fr: "Accepté" }], ["Given up", { en: "Given up", fr: "Abandonné" }]], { en: "Post to ERP", fr: "Transmettre à l’ERP" }, { en: "Tells Sage that the invoice is paid, signed, retried for 3 days.", fr: "Signale à Sage que la facture est payée, signé, réessayé pendant 3 jours." }],
  ["second", "informing", "sms", sent, { en: "Send second reminder", fr: "Envoyer la seconde relance" }, { en: "SMS “Second reminder”, between 9:00 and 19:00.", fr: "SMS « Seconde relance », entre 9 h et 19 h." }],
  ["large", "decision", "call_split", [["True", { en: "Yes", fr: "Oui" }], ["False", { en: "No", fr: "Non" }]], { en: "Is the rest above €500?", fr: "Le reste dépasse-t-il 500 € ?" }, { en: "If the open amount is above €500.00.", fr: "Si le montant restant dû dépasse 500,00 €." }],
  ["plan", "collecting", "calendar_month", [["Agreed", { en: "Agreed", fr: "Accepté" }], ["Declined", { en: "Declined", fr: "Refusé" }]], { en: "Offer instalments", fr: "Proposer un échéancier" }, { en: "Three instalments, the first one at once, without fee.", fr: "Trois échéances, la première immédiate, sans frais." }],
  ["wait2", "collecting", "hourglass_top", [paid, partly, late], { en: "Wait for payment", fr: "Attendre le paiement" }, { en: "Waits another 7 days for payment.", fr: "Attend le paiement pendant 7 jours de plus." }],
  ["task", "flow", "assignment_ind", [done], { en: "Create task", fr: "Créer une tâche" }, { en: "An agent calls the customer within 2 business days.", fr: "Un agent appelle le client sous 2 jours ouvrés." }],
  ["close", "flow", "task_alt", [], { en: "Close", fr: "Clôturer" }, { en: "The invoice is settled; the case ends.", fr: "La facture est réglée ; le dossier se termine." }],
];

const ways = [
  ["imported", "Done", "request"], ["request", "Created", "reminder"], ["request", "Refused", "task"],
  ["reminder", "Sent", "wait"], ["reminder", "Not allowed", "task"],
  ["wait", "Paid", "erp"], ["wait", "Partly paid", "large"], ["wait", "Time limit", "second"],
  ["large", "True", "plan"], ["large", "False", "wait2"], ["plan", "Agreed", "wait2"], ["plan", "Declined", "task"],
  ["second", "Sent", "wait2"], ["second", "Not allowed", "task"],
  ["wait2", "Paid", "erp"], ["wait2", "Partly paid", "second"], ["wait2", "Time limit", "task"],
  ["erp", "Accepted", "close"], ["erp", "Given up", "task"],
];

/** French puts a space before some signs that must not part from its word. */
function tied(text) {
  return text.replace(/ ([?!;:€»])/g, "\u00a0$1").replace(/« /g, "«\u00a0");
}

export function scenario(name, language) {
  if (name === "empty") return { revision: 1, nodes: [], edges: [] };
  if (name === "large") return large(Number(new URLSearchParams(location.search).get("count") ?? 200), language);
  const chosen = name === "story" ? steps.filter(([id]) => ["imported", "request", "reminder", "wait", "erp", "second", "task"].includes(id)) : steps;
  const ids = new Set(chosen.map(([id]) => id));
  return {
    revision: 1,
    nodes: chosen.map(([id, category, icon, ports, title, sentence, badge]) => ({
      id, type: `CentralPay.${id}`, category, icon, title: tied(title[language]), sentence: tied(sentence[language]),
      ports: ports.map(([port, label]) => ({ id: port, label: label[language] })), hasInput: category !== "trigger", badge: badge?.[language],
    })),
    edges: ways.filter(([source, , target]) => ids.has(source) && ids.has(target)).map(([source, sourcePort, target]) => ({ id: `${source}-${sourcePort}-${target}`, source, sourcePort, target })),
  };
}

function large(count, language) {
  const base = steps[3];
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`, type: "CentralPay.WaitForPayment", category: ["collecting", "informing", "decision", "connecting"][index % 4], icon: base[2],
    title: `${base[4][language]} ${index + 1}`, sentence: base[5][language], ports: base[3].map(([port, label]) => ({ id: port, label: label[language] })), hasInput: index > 0,
  }));
  const edges = nodes.slice(1).map((node, index) => ({ id: `e${index}`, source: `s${Math.floor(index / 2)}`, sourcePort: index % 2 ? "Paid" : "Time limit", target: node.id }));
  return { revision: 1, nodes, edges };
}

export function figures(language) {
  const money = (minor) => new Intl.NumberFormat(language, { style: "currency", currency: "EUR" }).format(minor / 100);
  const of = (cases, openMinor) => ({ cases, openMinor, currency: "EUR", formatted: money(openMinor) });
  return { nodes: { wait: of(143, 18_240_550), second: of(1, 42_000), wait2: of(38, 6_105_080), task: of(7, 1_234_567) } };
}

export function problems(language) {
  const say = (en, fr) => (language === "fr" ? fr : en);
  return [
    { nodeId: "reminder", severity: "error", message: say("The template “Friendly reminder” has no French text. Add it, or choose another template.", "Le modèle « Relance amicale » n’a pas de texte français. Ajoutez-le ou choisissez un autre modèle.") },
    { nodeId: "erp", severity: "warning", message: say("“Given up” leads to a task that nobody is assigned to.", "« Abandonné » mène à une tâche sans responsable.") },
  ];
}
