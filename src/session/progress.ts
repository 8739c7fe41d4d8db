/** Told how far work that lasts has come; a terminal redraws a line, the workspace a bar. */
export type Progress = {
  /** `done` of `total` (0 when the total is unknown), e.g. lines read. */
  update(what: string, done: number, total: number): void;
  end(): void;
};
