import { countWith, groupDigits } from "#language/plural.ts";

const n = countWith("en");
const bare = (count: number) => groupDigits(String(count), "en");

/** English. The shape of this object is the list of all messages; kk.ts and ru.ts follow it. */
export const en = {
  language: "en" as "kk" | "ru" | "en",
  helpTitle: "aigaq: one vault that nobody else can read, one record that proves every word and every tenge",
  helpFooter:
    "Passphrase: AIGAQ_PASSPHRASE or a prompt. Language: --lang kk|ru|en. --json prints JSON for programs.\n" +
    "Exit status: 0 done, 1 broken, 2 refused or mistyped, 3 could not check.",
  usage: (usage: string) => `usage: aigaq ${usage}`,
  unknownCommand: (asked: string) => `There is no command "${asked}". "aigaq help" lists all of them.`,
  argumentMissing: (name: string) => `${name} is missing.`,
  argumentExtra: (word: string) =>
    `"${word}" is one word too many. Put names and texts that hold spaces in quotes.`,
  flagMissing: (flag: string) => `--${flag} is missing.`,
  flagUnknown: (flag: string) => `There is no flag ${flag} here. Check the spelling.`,
  flagWithoutValue: (flag: string) => `${flag} needs a value after it.`,
  flagWithValue: (flag: string) => `${flag} takes no value.`,
  mapMalformed: (pair: string, fields: string) =>
    `--map: "${pair}" is not FIELD=COLUMN. COLUMN is a number from 1 or a heading; FIELD is one of ${fields}.`,
  about: {
    init: "makes a data folder: keys, rooms, the first entry of the record",
    "appeals import": "puts appeals and the foundation's policies on the record",
    "posts import": "puts posts on the record; several posts may ask for one appeal",
    "appeal end": "ends an appeal: nobody asks for it any more; what arrives still counts",
    "appeal reopen": "opens an ended appeal again, with the reason",
    "statement inspect": "reads a bank file, checks every balance, changes nothing",
    "statement import": "puts a bank file on the record; each bank row counts once",
    "decisions import": "says which appeal a credit was for, on what ground, and who decided it",
    "refunds import": "puts returned gifts on the record",
    "spending import": "puts past payments on the record, as approved outside",
    "confirmations import": "records who confirmed a payment, and how",
    "rates import": "puts exchange rates and their sources on the record",
    "events import": "puts freezes and releases of accounts on the record",
    "funds show": "how much was raised for an appeal, and where it went",
    funds: "all appeals, or one post, case, period, or payments to related persons",
    accounts: "accounts, their statements, and what is frozen",
    unmatched: "bank rows, payments and decisions that have no counterpart yet",
    "dossier make": "makes an answer that a stranger verifies offline",
    "dossier verify": "checks a dossier; needs no data folder and no network",
    export: "writes the books for hledger, beancount or a spreadsheet; names stay out unless asked for",
    "log check": "re-verifies the whole record from storage",
    close: "closes a week that is over: the public figures of each appeal",
    notices: "notices about money from abroad, and when each is due",
    "members add": "adds a colleague with keys and a passphrase of her own",
    "members remove": "ends what a member can read and sign from now on",
    "recovery split": "splits the recovery key among trustees",
    "spending reserve": "asks for a payment: reserves it on the appeal",
    "spending approve": "approves a reserved payment with one's own key",
    "spending pay": "records that an approved payment was made",
    "spending receipt": "opens the sealed receipt of a payment",
    "spending void": "gives a reservation up, with the reason",
    "cover give": "covers a shortfall from general funds, by a decision",
    "cover repay": "pays a cover back to general funds",
    members: "who is on the record, and whose keys lie here",
    "recovery rehearse": "tries whether the trustees' shares open the room; changes nothing",
    "recovery renew":
      "new root keys, a new recovery key and new sheets, signed for by the old ones, which have no word after",
    "recovery return":
      "trustees bring a member back: new keys, an officer from then on; alone, it shows who is there",
    correct: "corrects an entry by another one, with the reason",
    serve: "serves a data folder over HTTP: workspace, public site, log",
    "serve prepare": "makes a folder of init ready to be served: the log's key, and a sign-in for the member",
  } as Readonly<Record<string, string>>,

  passphraseWeak:
    "WARNING: this passphrase is weak; whoever copies the folder can guess it. Use at least 12 characters or four words for real data.",
  passphraseNew: "New passphrase:",
  passphraseAgain: "The same again:",
  passphraseAsk: "Passphrase:",
  passphraseMissing: (variable: string) =>
    `A passphrase is needed: set ${variable}, or run this in a terminal and type it when asked.`,
  passphrasesDiffer: "The two passphrases differ. Nothing was made; run the command again.",

  folderTaken: (dir: string) =>
    `${dir} already holds a record. Choose another folder; an existing record is never overwritten.`,
  folderMissing: (dir: string) =>
    `${dir} holds no record. "aigaq init --data ${dir} --name NAME" makes one; or check the path.`,
  fileMissing: (path: string) => `${path}: there is no such file. Check the name.`,
  fileUnreadable: (path: string, why: string) =>
    `${path}: cannot be read (${why}). Check that it is a file and that you may read it.`,
  aFolder: "it is a folder",
  tooLarge: "it is larger than 2 GiB",
  fileNotUtf8: (path: string) => `${path}: not UTF-8 text. Save it as UTF-8 and try again.`,
  fileUnwritable: (path: string, why: string) =>
    `${path}: cannot be written (${why}). Check that the folder exists and that you may write to it.`,
  notJson: (path: string, why: string) =>
    `${path}: not JSON (${why}). Export it again, or mend the place named.`,
  currencyUnknown: (code: string) =>
    `"${code}" is not a currency code. Write three letters of ISO 4217, such as KZT.`,
  memberUnknown: (member: string) =>
    `There are no keys of "${member}" in this folder. "aigaq members" lists who has keys here.`,
  notInRoom: (room: string) =>
    `You are not in the room "${room}", so you cannot read it. An officer can add you.`,
  busy: (dir: string) =>
    `Another aigaq is writing to ${dir}. Wait until it ends, then run this again. Nothing was changed.`,
  storeDamaged: (why: string) =>
    `The data folder is damaged: ${why}. Keep it as it is, run "aigaq log check" on a copy, and restore the newest backup.`,
  bug: (trace: string) =>
    `This is a bug of the program, not a mistake of yours. What was acknowledged is safe. Please report it, after taking out anything confidential:\n${trace}`,
  diskFull:
    "The disk is full. What was acknowledged is safe; free some space and run the same command again: it goes on where it stopped.",

  made: (name: string, dir: string) => `The record of "${name}" begins in ${dir}.`,
  madeNext: (dir: string) =>
    `Keep the passphrase: without it, and without the recovery key, nobody can open this folder.\n` +
    `Next:\n` +
    `  aigaq recovery split --out FOLDER --data ${dir}     hand the recovery key to trustees, before the first real case\n` +
    `  aigaq appeals import FILE.json --data ${dir}\n` +
    `  aigaq statement import FILE --data ${dir}`,

  names: {
    appeals: "Appeals",
    posts: "Posts",
    decisions: "Decisions",
    refunds: "Refunds",
    spending: "Payments",
    confirmations: "Confirmations",
    rates: "Rates",
    events: "Events",
  },
  tableMalformed: (path: string, line: number, why: string) =>
    `${path}: line ${line}: ${why}. Save it as CSV again.`,
  tableEmpty: (path: string) => `${path}: the table is empty. Its first line names the columns.`,
  tableColumnTwice: (path: string, column: string) =>
    `${path}: the column "${column}" stands twice in the first line.`,
  tableCells: (path: string, line: number, found: number, wanted: number) =>
    `${path}: line ${line}: ${found} cells where the first line has ${wanted}. Put cells that hold commas in quotes.`,
  receiptsMissing: (folder: string, names: readonly string[]) =>
    `${folder} lacks ${names.length === 1 ? "a receipt" : `${names.length} receipts`} that the table names: ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", …" : ""}. Nothing was recorded.`,
  acceptanceMalformed: `--accept-discrepancy needs a name and a reason: "Name: why".`,
  recorded: (what: string, count: number) =>
    `${what}: ${n(count, { one: "entry", other: "entries" })} recorded.`,
  nothingNew: (what: string, count: number) =>
    `${what}: nothing new. ${count === 1 ? "The one row is" : `All ${n(count, { one: "row", other: "rows" })} are`} on the record already; nothing was added.`,
  alreadyThere: (count: number) =>
    `${n(count, { one: "row was", other: "rows were" })} on the record already and added nothing.`,
  waiting: (count: number) =>
    `${n(count, { one: "decision waits for its bank row", other: "decisions wait for their bank rows" })}: no statement shows the reference yet. They take effect when it is imported.`,
  moved: (count: number) =>
    `${n(count, { one: "credit", other: "credits" })} moved from general funds to an appeal.`,
  covered: (appeal: string, sum: string) => `${appeal}: ${sum} covered from general funds.`,
  repaid: (appeal: string, sum: string) => `${appeal}: ${sum} repaid to general funds.`,

  readingFile: "Reading the file",
  recordingLines: "Recording bank rows",
  attributing: "Attributing credits",
  openingBooks: "Opening the books",
  checkingLog: "Checking the record",
  makingDossier: "Making the dossier",

  statementImported: (file: string, account: string, lines: number, fresh: number) =>
    `${file}: account ${account}, ${n(lines, { one: "row", other: "rows" })}, ${fresh === lines ? "all new" : `${bare(fresh)} new, ${bare(lines - fresh)} known from an earlier statement`}.`,
  statementKnown: (file: string) => `${file}: already imported. Nothing was added.`,
  statementResumed: (file: string) =>
    `${file}: an earlier import of this file was cut short; it is completed now.`,
  statementProblems: (count: number) =>
    `${n(count, { one: "problem", other: "problems" })} in this file. Nothing was imported. Look at each with "aigaq statement inspect", then import with --accept-discrepancy "who: why" if the file is all there is.`,
  statementNoAccount: (file: string) =>
    `${file}: the file does not say whose account it is. Name it with --account NUMBER.`,
  statementNone: (file: string) => `${file}: no statement in this file. Nothing was added.`,
  attributed: (appeals: number, general: number, unknown: number) =>
    `${n(appeals, { one: "credit", other: "credits" })} to appeals by code, hashtag or decision; ${bare(general)} to general funds; ${bare(unknown)} not yet known.`,
  line: (line: number | null) => (line === null ? "" : `line ${line}: `),

  inspectNothing: "No statement in this file.",
  inspectReconciles: "balances and turnovers add up",
  inspectDoesNot: "does NOT add up",
  inspectUnknown: "no printed balances to check against",
  columnFormat: "format",
  columnAccount: "account",
  columnPeriod: "period",
  columnRows: "rows",
  columnCredits: "credits",
  columnDebits: "debits",
  columnOpening: "opening",
  columnClosing: "closing",

  someBankFile: "a bank file",
  incompleteImport: (file: string) =>
    `The import of ${file} was cut short. Import the same file again to complete it; until then these figures are provisional.`,
  appealUnknown: (appeal: string, known: string) =>
    `There is no appeal "${appeal}" on the record. Known: ${known}.`,
  noAppeals: `No appeals yet. "aigaq appeals import FILE.json" puts them on the record.`,
  spendingUnknown: (id: string) => `There is no payment "${id}" on the record.`,
  receiptNotAttached: (id: string, name: string) =>
    `The receipt of ${id} (${name}) was recorded by name only. Its file is sealed when spending is imported with --attach DIR.`,
  receiptLost: (id: string) =>
    `The sealed receipt of ${id} is missing from this folder. Restore files/ from a backup; the record still holds its hash.`,
  receiptDiffers: (id: string) =>
    `What opened is not the receipt that was recorded for ${id}; it was thrown away.`,
  receiptOpened: (id: string, out: string, sha256: string) =>
    `${out}: the receipt of ${id}, exactly as recorded (SHA-256 ${sha256}). It lies there in the clear; delete it when done.`,
  postUnknown: (post: string) =>
    `There is no post "${post}" on the record. "aigaq posts import FILE.json" puts posts on it.`,
  caseUnknown: (id: string) =>
    `No appeal on the record belongs to case "${id}". Cases are named in the files of appeals and posts.`,
  periodIncomplete: "A period needs both --from and --to, as YYYY-MM-DD.",
  dateUnreadable: (text: string) => `"${text}" is not a date. Write YYYY-MM-DD.`,
  chooseOne: "Say which: --appeal, --post, --case, or --from with --to.",

  raised: "received",
  refunded: "returned",
  spent: "spent",
  covered1: "covered from general funds",
  balance: "left",
  asked: "asked",
  donations: (count: number) => n(count, { one: "gift", other: "gifts" }),
  payments: (count: number) => n(count, { one: "payment", other: "payments" }),
  confirmedByBoth: (count: number, all: number) =>
    `Confirmed by lawyer and beneficiary: ${bare(count)} of ${n(all, { one: "payment", other: "payments" })}.`,
  confirmedHow: (proven: number, recorded: number) =>
    `Of these, signed by them or attested by a document, which is proof: ${bare(proven)}; recorded by us, which is our word only: ${bare(recorded)}.`,
  generalFunds: "general funds (received without an appeal)",
  notYetKnown: "not yet known",
  distinctLines: (count: number) => `${n(count, { one: "bank row", other: "bank rows" })}, each counted once`,
  noAccounts: `No accounts yet. "aigaq statement import FILE" adds the first.`,
  frozenSince: (date: string, detail: string) => `FROZEN since ${date}: ${detail}`,
  nothingUnmatched:
    "Nothing is unmatched: every payment and refund has its bank debit, and every debit its payment or refund.",

  dossierMade: (path: string, size: string) =>
    `${path} (${size}). Hand it over as it is. "aigaq dossier verify ${path}" checks it, and so do verify.html and verify.py inside it.`,
  fileExists: (path: string) => `${path} is there already. Choose another name; nothing is overwritten.`,
  verdictHeld: "HELD: everything in this dossier is as it was recorded.",
  verdictBroken: "BROKEN: this dossier was altered or does not add up. The checks that failed:",
  verdictCouldNot: "COULD NOT BE CHECKED in full. What is missing:",
  whoseLog: (genesis: string, key: string) =>
    `Whose log this is: compare these with what the foundation published.\n  genesis  ${genesis}\n  log key  ${key}`,
  claimAgrees: (asserted: string) => `The claim "${asserted}" agrees with the record.`,
  claimDisagrees: (asserted: string, found: string) =>
    `The claim "${asserted}" does NOT agree with the record: it shows ${found}.`,
  checksHeld: (count: number) => n(count, { one: "check held", other: "checks held" }),
  exported: (path: string) => `${path} written.`,
  formatUnknown: (format: string) => `"${format}" is not a format. Write hledger, beancount or csv.`,
  logHeld: (size: number) =>
    `The record holds: ${n(size, { one: "entry", other: "entries" })} re-verified from storage.`,
  logBroken: "The record is BROKEN. Keep this folder as it is, restore a copy elsewhere, and compare:",
  cacheStale: "A stored total did not match the entries and was thrown away; it is computed anew.",

  recomputing: "Opening every box and counting again",
  rows: (count: number) => n(count, { one: "row", other: "rows" }),
  bytes: (count: number) =>
    count < 1_000_000 ? `${Math.ceil(count / 1000)} kB` : `${(count / 1_000_000).toFixed(1)} MB`,
  held: (fund: string, sum: string) => `holds ${sum} for ${fund === "general" ? "general funds" : fund}`,
  gap: (account: string, from: string, to: string, meet: boolean | null) =>
    `${account}: no statement shows ${from} … ${to}${meet === false ? "; the balances on both sides differ" : meet ? "; the balances on both sides agree" : ""}`,
  unmatchedDebits: "Bank debits that no payment explains",
  unmatchedPayments: "Payments that no bank debit shows",
  unmatchedRefunds: "Refunds that lack their gift or their debit",
  unmatchedCredits: "Credits whose signs contradict each other",
  unmatchedDecisions: "Decisions that wait for their bank row",
  unmatchedConfirmations: "Confirmations of payments that are not recorded",
  lacks: { gift: "no statement shows the gift", debit: "no statement shows the money going back" },
  oneQuestion: (flags: string) => `One question at a time; these exclude each other: ${flags}.`,
  periodReversed: (from: string, to: string) => `The period ends (${to}) before it begins (${from}).`,
  noRelated: "No payment to staff, officers or their relatives is on the record.",
  relatedOfAll: (related: string, all: string) =>
    `To related persons: ${related}, out of ${all} spent in all.`,
  coveredShort: "covered",
  postsAsked: (posts: number, addedUp: string, once: string) =>
    `${n(posts, { one: "post", other: "posts" })}: their targets add up to ${addedUp}; each request counted once, ${once} was asked for.`,
  postsReceived: (sum: string) => `Received for all appeals: ${sum}. A target is a wish, not money.`,
  postKind: (kind: string) => kind,
  sharesAppeal: (appeal: string, others: string) =>
    `It asks for ${appeal}, as do ${others}. Money comes to the appeal, never to a post.`,
  repostAddsNothing: "A repost asks again for the same; it adds nothing to what was asked.",
  moneyOfAppeal: (appeal: string) => `The money of ${appeal}, the same for each of its posts:`,
  memberNameMissing: "A member needs a name: --name NAME. It stays hidden in the record.",
  membersHeading: ["member", "name", "keys here"] as readonly string[],
  reserved: (id: string) =>
    `${id} is reserved. Now another member approves it: aigaq spending approve ${id} --as MEMBER`,
  approved: (id: string, lacks: number) =>
    lacks > 0
      ? `${id} is approved by you; it needs ${n(lacks, { one: "more approval", other: "more approvals" })}.`
      : `${id} is approved and may be paid.`,
  paid: (id: string) => `${id} is paid. Its bank debit is matched when the statement is imported.`,
  voided: (id: string) => `${id} is void; its money is free again.`,
  sumUnreadable: (text: string) =>
    `"${text}" is not a sum. Write it such as 309800.00, more than zero, without a sign.`,
  corrected: (entry: string) =>
    `Entry ${entry} is corrected by a new entry; the old one stays as it was, with the reason beside it.`,
  entryUnknown: (entry: string) => `There is no entry ${entry}. Name it by its number in the record.`,
  appealEnded: (appeal: string) =>
    `${appeal} has ended. Gifts that still arrive count; reserved payments can be finished.`,
  appealReopened: (appeal: string) => `${appeal} is open again.`,
  endedOn: (day: string, reason: string) => `Ended on ${day}: ${reason}.`,
  coverRecorded: (appeal: string, sum: string) => `${appeal}: cover of ${sum} recorded, with its decision.`,
  relatedMalformed: "--related takes staff, officer or relative, nothing else.",
  onlyOfficer: "Only a member who runs the log and is in the finance room can add colleagues here.",
  passphraseOf: (name: string) => `Passphrase that ${name} types herself:`,
  epochMissing: "The room's sealed key is not in this folder; restore the folder from a newer copy.",
  rehearsed: (shares: number) =>
    `${n(shares, { one: "share opens", other: "shares together open" })} the room. Recovery works; nothing was changed.`,
  recoveryGone:
    "These keys hold no recovery key: it was split before, or another member holds it. The trustees have the shares.",
  quorumOdd: (total: number, quorum: number) =>
    `${quorum} of ${total} is not possible: at least 2, and not more than there are trustees.`,
  memberRemoved: (member: string, rooms: number) =>
    `${member}: keys revoked; ${rooms} of her rooms go on under new keys. What she could read until now she may have copied. Delete her keyring file here and in backups.`,
  removed: "removed",
  memberAdded: (member: string, name: string) =>
    `${member}: keys for ${name} made; her keyring opens with the passphrase she typed. She acts with --as ${member}.`,
  sharesWritten: (count: number, quorum: number, folder: string) =>
    `${n(count, { one: "share", other: "shares" })} in ${folder}; any ${bare(quorum)} of them give the recovery key. Hand each to one trustee, rehearse, then delete the folder: together they open everything.`,
  renewed:
    "New root keys and a new recovery key are in force. The old sheets bring nobody back and open nothing that is recorded from now on; with a copy of the data they still open what was recorded until now. Collect and destroy them.",
  returnLead:
    "For the day when no officer can sign in. Trustees type their sheets here, one after another; then one member gets new keys and is an officer from then on. Nothing that is typed here is shown, stored or sent away. An empty line leaves; nothing is changed before the end.",
  returnNone: "No share yet. The first sheet says how many are needed.",
  returnSheet: (number: number, total: number) => `Sheet ${bare(number)} of ${bare(total)}.`,
  returnMissing: (count: number) =>
    n(count, { one: "more share is needed.", other: "more shares are needed." }),
  returnEnough: "These are enough. The record is being read and checked …",
  returnShare: "A trustee's share (the line that begins with aigaq-share-1):",
  returnLeft: (given: number) =>
    `${n(given, { one: "share was given", other: "shares were given" })}, and there are no more. Nothing was changed. Run the command again when enough trustees are there; --shares FOLDER takes those that lie in files.`,
  returnHeading: ["number", "name", "", "keys that count"] as readonly string[],
  returnOfficer: "officer",
  returnRevoked: "revoked",
  returnKey: (day: string) => `since ${day}`,
  returnKeyBy: (day: string, member: string) => `since ${day}, added by ${member}`,
  returnWho: "Who comes back? Her number, or an empty line to leave:",
  returnEnds:
    "Whose keys end as well, of whoever is none of you or whose device was taken? Numbers, or an empty line for nobody's:",
  returnNothing: "Nothing was changed. To bring somebody back: aigaq recovery return NUMBER …",
  returnUnknown: (member: string) =>
    `There is no member ${member} on this record. Take a number of the list.`,
  returnEffect: (member: string) =>
    `${member} keeps her number and the rooms that she is in now, gets the room Finance, and is an officer even if she was none. Everybody sees in the record that trustees brought her back.`,
  returnEndsNow: "These keys end:",
  returnEndsNone: "No key ends: none of hers counts any more.",
  returnStaying: (names: string) =>
    `Officers whose keys stay: ${names}. Each of them could remove her again: end the keys of whoever is none of you with --end.`,
  returnConfirm: (member: string) => `Type ${member} to go on, anything else to leave:`,
  returnNoLogKey: (dir: string) =>
    `The key of the log is not in ${dir}, and the trustees have none: this record began before they were given it. Another member's keyring holds it; with her passphrase: aigaq serve prepare --as NUMBER --data ${dir}. Then run this again. Nothing was changed.`,
  returnTakenUp: (member: string) =>
    `${member} was brought back already, and the command was ended before her keys were in their place. Her new passphrase finishes it; no share is needed.`,
  returnDone: (member: string, dir: string) =>
    `${member} is back, an officer with new keys. She works with --as ${member} --data ${dir}, and where the folder is served she signs in with the new passphrase. Next she looks who is there: aigaq members --data ${dir}`,
  noticesNone: "No money from abroad is on the record, so no notice is due.",
  noticesHeading: ["due", "form", "about", "sum"] as readonly string[],
  unconfirmedLaw: "Forms and dates follow our reading of the law; a lawyer has yet to confirm them.",
  serveBuilding: "Building what has changed …",
  serveAddress: (address: string) => `The public site:   ${address}`,
  serveWorkspace: (address: string) => `The workspace:     ${address}`,
  serveData: (folder: string) => `The data:          ${folder}`,
  serveStartCode: (code: string) =>
    `Start code:        ${code}   (whoever types it in the browser starts the foundation)`,
  serveHowToStop: (keys: string) => `${keys} stops it.`,
  serveStopping: "Stopping: finishing what was begun …",
  serveStopped: "Stopped. Nothing that was acknowledged is lost.",
  serveNotPrepared: (dir: string) =>
    `${dir} was made by "aigaq init" and is not ready to be served: a server must have the key of the log, which lies in the officer's keyring. Run this once, it asks for her passphrase:\n  aigaq serve prepare --data ${dir}`,
  serveNobodyEnrolled: (dir: string) =>
    `Nobody can sign in here yet. Stop the server and run:\n  aigaq serve prepare --data ${dir}`,
  passkeyOnly: (member: string) =>
    `${member} signs in with a passkey only, which a terminal cannot ask for. Add a passphrase in the workspace, under the account.`,
  prepareNothing: (dir: string) =>
    `Nothing to prepare: ${dir} holds no keyring file. A foundation that was started in the browser is ready to be served as it is.`,
  prepareLogKey: (path: string) =>
    `The key of the log lies in ${path} now, readable by its owner only: a server signs without a passphrase. Back it up apart from the record.`,
  prepareLogKeyThere: "The key of the log was there already and stays as it is.",
  prepareForeignKey: (path: string) =>
    `${path} is the key of another log than the one in this keyring. Nothing was changed. Put the right file there.`,
  prepareNoLogKey: (member: string) =>
    `The keyring of ${member} does not hold the key of the log. Prepare the folder with the officer's first: --as M-01.`,
  prepareEnrolled: (member: string) =>
    `${member} can sign in to the workspace, with the same passphrase as here.`,
  prepareEnrolledThere: (member: string) => `${member} could sign in already; nothing was changed there.`,
  prepareSplitFirst: (path: string, dir: string) =>
    `The recovery key still lies whole in ${path}, and only there. Split it among trustees before the first real case: aigaq recovery split --out FOLDER --data ${dir}`,
  prepareNext: (dir: string) => `Next:\n  aigaq serve --data ${dir}`,
};
