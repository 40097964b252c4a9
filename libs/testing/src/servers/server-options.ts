/** Beside the working folder of every npm command; ignored by git. */
export const DEFAULT_CACHE_DIR = '.cache';

export interface ServerOptions {
  /** Kept between starts. Default: a scratch folder that goes with the server. */
  dataDir?: string | undefined;
  /** For what the server's programs say. Default: the folder of the data. */
  logDir?: string | undefined;
  /** Where programs that must be fetched are kept (default `.cache`). */
  cacheDir?: string;
  /** Told what takes long, for a person who waits. */
  say?: (line: string) => void;
}
