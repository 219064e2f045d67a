/** The technician's catalogue. */
import { technicianEn, type TechnicianWords } from '#lib/core/words/technician.ts';

export const words: TechnicianWords = technicianEn;
