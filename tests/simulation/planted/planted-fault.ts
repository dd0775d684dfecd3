/** A mistake that somebody could make, as a replacement in one file. */
export interface PlantedFault {
  name: string;
  file: string;
  /** Stands exactly once in the file. */
  find: string;
  replace: string;
  /** A world of the first 200 that has shown it, tried first; null: none is known. */
  seed: number | null;
}
