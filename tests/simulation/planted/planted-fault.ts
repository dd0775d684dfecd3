/** A mistake that somebody could make, as a replacement in one file. */
export interface PlantedFault {
  name: string;
  file: string;
  /** Stands exactly once in the file. */
  find: string;
  replace: string;
}
