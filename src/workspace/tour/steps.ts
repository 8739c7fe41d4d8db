/**
 * The walk through the stories that the sample tells: the accusation of the twenty million, and the frozen account. A step goes to
 * a screen and points at the thing of that name on it: `data-tour="posts-sums"`.
 */
export type TourStepId =
  | "accusation"
  | "posts"
  | "received"
  | "covered"
  | "spent"
  | "grounds"
  | "decide"
  | "frozen"
  | "dossier"
  | "altered"
  | "own";

export type TourStep = {
  readonly id: TourStepId;
  /** Address inside the workspace, search included. */
  readonly path: string;
  /** Value of `data-tour` on the thing that is spoken of; none where the whole screen is. */
  readonly target?: string;
};

/** Of whom the accusation speaks. */
export const accusedAppeal = "A-2025-003";

export const tourSteps: readonly TourStep[] = [
  { id: "accusation", path: "/appeals", target: "all-received" },
  { id: "posts", path: "/posts", target: "posts-sums" },
  { id: "received", path: `/appeals/${accusedAppeal}`, target: "appeal-answer" },
  { id: "spent", path: `/appeals/${accusedAppeal}`, target: "appeal-spent" },
  { id: "covered", path: `/appeals/${accusedAppeal}`, target: "appeal-sums" },
  { id: "grounds", path: `/appeals/${accusedAppeal}`, target: "appeal-grounds" },
  { id: "decide", path: "/matching" },
  { id: "frozen", path: "/accounts", target: "frozen-account" },
  { id: "dossier", path: `/dossiers/new?appeal=${accusedAppeal}`, target: "dossier-make" },
  { id: "altered", path: "/dossiers/check", target: "dossier-check" },
  { id: "own", path: "/appeals" },
];

/** The address without what is asked of it: where one is. */
export const placeOf = ({ path }: TourStep): string => path.split("?")[0] ?? path;

/** The steps whose screens there are: `paths` as the screens have them, such as "/appeals/:id". */
export function stepsOver(paths: readonly string[]): readonly TourStep[] {
  const patterns = paths.map((path) => new RegExp(`^${path.replace(/:[a-z]+/gu, "[^/]+")}$`, "u"));
  return tourSteps.filter((step) => patterns.some((pattern) => pattern.test(placeOf(step))));
}
