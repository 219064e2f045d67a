/** What the tests' DLMS secrets are sealed under: the same in every process that seeds or reads. */
import { sealUnder } from '#lib/server/dlms-secret/secret-seal.ts';

export const TEST_SEAL = sealUnder(Buffer.alloc(32, 9));
