import { countWith } from "#language/plural.ts";

const n = countWith("en");

/** Every word of the public site. Texts in angle brackets stand nowhere: a message is whole, or a function of its values. */
export const en = {
  skip: "Skip to the content",
  languages: "Language",
  menu: "Pages of this site",
  home: "Overview",
  appeals: "Appeals",
  corrections: "Corrections",
  freezes: "Frozen accounts",
  check: "Check it yourself",
  nameless: "The foundation",

  // Front page
  lead: "What we asked for, what came in, and where it went.",
  asOf: (week: string) => `As of the close of the week ${week}.`,
  everyWeek:
    "Figures are published week by week. A week is closed once every bank row in it has been explained; until then nothing of it is shown.",
  totals: "All appeals together",
  received: "Received",
  spent: "Spent",
  covered: "From general funds",
  coveredByRule: "General funds or gifts not yet public",
  frontByRule: (sum: string) =>
    `Of what was spent, at least ${sum} came from general funds or from gifts not yet public.`,
  frontSealed: (sum: string) =>
    `General funds gave at least ${sum}; the exact sums are sealed, and a dossier shows them.`,
  frontCovered: (sum: string) => `General funds gave ${sum} by decision.`,
  paymentsProven: "Payments with proof",
  paymentsProvenNote: (all: number) =>
    `of ${n(all, { one: "payment", other: "payments" })}: signature or document from the lawyer and from the person who was helped`,
  generalSpending: "General funds: spent on no appeal in particular",
  returned: "Returned to donors",
  left: "Left",
  asked: "Asked for",
  reserved: "Set aside for approved payments",
  gifts: (count: number) => n(count, { one: "gift", other: "gifts" }),
  payments: (count: number) => n(count, { one: "payment", other: "payments" }),
  rows: (count: number) => n(count, { one: "bank row", other: "bank rows" }),
  eachRowOnce: (rows: string) =>
    `${rows} stand behind these figures. Each counts once, and a public check shows it.`,
  andAlso: (sums: string) => `and ${sums}`,
  openAppeals: "Appeals that still need help",
  endedAppeals: "Appeals that ended",
  reachedAppeals: "Appeals that have what they asked for",
  allAppeals: "All appeals",
  noAppeals: "There is no appeal on the record yet.",
  latestCloses: "Closed weeks",
  latestClosesNote: "What became public with each close.",
  followFeed: "Follow the weekly closes",

  // Cards and progress
  ofAsked: (received: string, asked: string) => `${received} of ${asked} asked for`,
  askedNothing: "No sum was asked for.",
  progress: (percent: string) => `${percent} of what was asked for has come in`,
  askedIsAWish: "What is asked for is a wish, not money. Only “received” is money.",
  endedOn: (day: string, reason: string) => `Ended on ${day}: ${reason}`,
  endedNote: "Nobody asks for this appeal any more. Please do not give for it.",
  endedArrives: "What still arrives counts, and is used as said below.",
  endedUnsaid: "What still arrives counts. It has not been said what happens with what is left.",
  endOf: "End of the appeal",
  openedOn: (day: string) => `Opened on ${day}`,
  seeAppeal: "Where the money went",

  // No figures yet
  noCloseYet: "No figures yet",
  noCloseYetText: (week: string) =>
    `Gifts become public with the weekly close. The first week of this appeal is ${week}; its figures appear here once that week is closed.`,
  noCloseAtAll:
    "No week has been closed yet. The first figures appear here with the first weekly close: a week ends on Sunday and is closed once every bank row in it has been explained.",
  // Appeal page
  code: (id: string) => `Reference ${id}`,
  figures: "In figures",
  currency: "Currency",
  figure: "Figure",
  sum: "Sum",
  count: "Number",
  leftAtMost: (sum: string) => `at most ${sum}`,
  leftBridged: "nothing of what is public",
  leftRunning: "not known until the next close",
  leftExactNote: "Received and covered, less what was spent.",
  leftAtMostNote: "Gifts that were given back are not taken off yet, because single returns are not public.",
  leftBridgedNote:
    "More was spent than the gifts made public so far. The rest came from general funds or from gifts not yet public.",
  leftRunningNote: "Some payments were made from gifts of a week that is not closed yet.",
  leftSealed: "not public",
  leftSealedNote: "General funds also gave this appeal sums that are sealed; a dossier shows what is left.",
  receivedNote: "All gifts of closed weeks, before anything was given back.",
  carriedNote: (count: number) =>
    `${n(count, { one: "gift waits", other: "gifts wait" })} for a later close: fewer than five together could tell who gave.`,
  coveredNote: "General money given by a decision, less what was paid back.",
  coveredRuleNote:
    "More was spent than the gifts made public so far; the rest came from general funds or from gifts not yet public. The exact sum is sealed: its changes would tell single gifts.",
  coveredNothingNote: "No more was spent than the gifts made public so far.",
  coveredSealedNote:
    "At least this much. General funds also gave this appeal sums that are sealed; a dossier shows them.",
  repaidNote: "More was paid back to general funds than they had given.",
  returnedSum: "not published one by one",
  returnedNote: (count: number): string =>
    count === 0
      ? "Nothing has been given back to any donor."
      : `${n(count, { one: "return is", other: "returns are" })} on the record for all appeals together. Their sums stand in dossiers, not here: one return would show one gift.`,
  askedNote: (posts: number): string =>
    posts === 0
      ? "No post with a sum asks for this appeal."
      : `Each request counted once. Reposts ask for the same money again and add nothing.`,
  whereItWent: "Where the money went",
  nothingSpent: "Nothing has been spent yet.",
  category: "Category",
  share: "Share",
  barLabel: (parts: string) => `Spending by category: ${parts}`,
  total: "Total",
  whoConfirmed: "Who confirmed the payments",
  confirmedBoth: (both: number, all: number) =>
    `${both} of ${n(all, { one: "payment", other: "payments" })} confirmed by the lawyer and by the person who was helped.`,
  confirmedProven: (proven: number) =>
    `Of these, by signature or document: ${proven}. The others are our own notes and no proof.`,
  relatedNone: "Nothing was paid to staff, officers or their relatives.",
  relatedSome: (sum: string, payments: string) =>
    `${sum} (${payments}) was paid to staff, officers or their relatives. Each such payment is marked on the record.`,
  posts: "Posts that asked for this appeal",
  postsNote:
    "A post asks; it receives nothing. All posts of an appeal ask for the same money, and it is counted once.",
  postsNone: "No post asks for this appeal yet.",
  post: "Post",
  kind: "Kind",
  kinds: { post: "post", repost: "repost" },
  published: "Published",
  target: "Asked for",
  countsOnce: "Counted",
  yes: "yes",
  noRepeat: "no, repeats an earlier post",
  closes: "Week by week",
  closesNote:
    "Each row is what became public since the close before it. Fewer than five gifts wait for a later week. A single gift is never shown, nor its day, nor its donor.",
  closedUpTo: "Closed up to",
  earlierWeeks: (count: number) => n(count, { one: "earlier week", other: "earlier weeks" }),
  sumToDate: "Received so far",
  waiting: "Waiting",
  giveTitle: "How to give",
  giveCode: "Write this code into the payment’s purpose:",
  giveCodeNote: (hashtag: string | undefined): string =>
    hashtag === undefined
      ? "The code tells us which appeal your gift is for. Without it the gift counts where the foundation’s policy says."
      : `Or the hashtag ${hashtag}. It tells us which appeal your gift is for; without it the gift counts where the foundation’s policy says.`,
  giveUnsigned: {
    general: "Gifts without a code go to general funds.",
    unknown: "Gifts without a code wait until their purpose is known.",
  },
  giveAccounts:
    "Account numbers are published by the foundation in its own posts. Compare them there before you pay: a page can be forged, and so can a post.",
  giveQr: "Code with the address of this page",
  givePrivate: "Your gift stays private: neither its sum, nor its day, nor your name is ever published.",
  leftover: "If something is left over",
  shareOfCase: "Part of this appeal is for other cases too.",
  download: "Take the figures with you",
  downloadCsv: "Table (CSV)",
  downloadJson: "Data (JSON)",
  downloadPdf: "Statement (PDF)",
  cite: "How to cite this page",
  citation: (
    name: string,
    title: string,
    id: string,
    week: string,
    size: string,
    root: string,
    url: string,
  ) =>
    `${name}: “${title}” (${id}), figures as of the close of the week ${week}. Log of ${size} entries, root ${root}. ${url}`,
  citeNote: "Number of entries and root fix the figures: whoever changes one entry changes the root.",

  // Freezes
  frozenNotice: (day: string) => `Since ${day} an account of the foundation is frozen.`,
  frozenNoticeText: "Before you give, see which account is affected.",
  freezesLead: "Accounts that an order stopped, and those that were let go again.",
  freezesNone: "No account has been frozen.",
  freezeAccount: "Account",
  freezeAccountNote:
    "Account numbers are not public. The sign is the same wherever the record names the account.",
  freezeEvent: "What happened",
  frozen: "frozen",
  released: "released",
  stillFrozen: "frozen now",
  date: "Date",
  reason: "Reason given",

  // Corrections
  correctionsLead:
    "Nothing on the record is edited. What was wrong stays, and a new entry says that it was wrong and why.",
  correctionsNone: "Nothing has been corrected so far.",
  corrected: "What was corrected",
  why: "Why",
  recordedOn: "Recorded",
  entryNumber: (index: string) => `entry ${index}`,
  unknownEntry: "an entry about bank rows",

  // Check it yourself
  basis: "What this figure is computed from",
  basisOf: (figure: string) => `Computed from: ${figure}`,
  basisNote:
    "Numbers and hashes of the entries. A dossier holds their text; every verifier recomputes the figure.",
  basisMore: (count: number) =>
    `and ${n(count, { one: "earlier entry", other: "earlier entries" })}, all in the data file`,
  entry: "Entry",
  entryHash: "Hash (SHA-256)",
  what: "What",
  checkLead:
    "No figure here asks to be believed. Each is computed from signed entries of a log to which one can only add.",
  checkStateTitle: "The state of the log these figures belong to",
  checkSize: "Entries",
  checkRoot: "Root of the tree",
  checkGenesis: "Hash of the first entry",
  checkSteps: "Three ways to check",
  checkStepDossier: "Ask for a dossier",
  checkStepDossierText:
    "A dossier is one file that answers one question, such as “how much came in for this appeal?”. It holds all entries of the log, the proof of their place, and a verifier that works in any browser without a network. Ask the foundation for one.",
  checkStepLog: "Follow the log",
  checkStepLogText:
    "The signed state and the tree are open to everybody, in the format of C2SP tlog-tiles. Keep today’s state; if a later one does not contain it, history was changed.",
  checkStepPage: "Recompute a page",
  checkStepPageText:
    "Under each figure stands which entries it was computed from. The number of an entry is its place in the tree, and the tile of that place holds SHA-256(00 01 hash).",
  checkCheckpoint: "Signed state of the log",
  checkTiles: "First tile of the tree",
  checkProves: "What this proves, and what it does not",
  checkProvesList: [
    "A figure is the sum of entries that were signed and have not been changed since.",
    "Each bank row counts once, for one appeal.",
    "What was never recorded is not in it. Balances that meet from statement to statement, in a dossier, show that no bank row is missing.",
    "Without an outside witness nothing proves that everybody was shown the same log. Whoever keeps an earlier state can compare.",
  ],
  checkOpenData: "Open data",
  checkOpenDataNote: "Payments by category in the format of the 360Giving standard. No payee is named.",

  // Feeds
  feedTitle: (name: string) => `${name}: money, week by week`,
  feedClose: (week: string) => `Week closed: ${week}`,
  feedEnded: (title: string) => `Appeal ended: ${title}`,
  feedReopened: (title: string) => `Appeal opened again: ${title}`,
  feedAppeal: (title: string) => `New appeal: ${title}`,
  feedPost: (title: string) => `New post asks for: ${title}`,
  feedRepost: (title: string) => `Repost asks again for: ${title}`,
  feedCorrection: "A correction was recorded",
  feedFrozen: "An account was frozen",
  feedReleased: "An account was released",

  // Statement
  statementTitle: "Statement of an appeal",
  statementMade: (week: string) => `Figures as of the close of the week ${week}.`,
  statementPage: "Page",
  statementOf: "of",

  // Others
  notFound: "This page does not exist",
  notFoundText: "The address may be mistyped, or the appeal has another reference.",
  notFoundBack: "To the overview",
  footer: "This page needs no script, sets no cookie and asks no other server.",
  printed: "Address of this page",
  description: (name: string) =>
    `${name}: what was asked for, what came in and where it went, week by week and open to anybody’s check.`,
};

export type Words = typeof en;
