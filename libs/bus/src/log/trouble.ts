/** What a log does by itself and could not do, for the log of the process. It goes on trying. */
export type ReportTrouble = (what: string, error: unknown) => void;

export const ignoreTrouble: ReportTrouble = () => undefined;
