/** How the software module's process is started, and all that it is told. */
import type { Settings } from '../environment.ts';

/** From the project's root: plain Node runs it as it is, in development and beside the built server. */
export const MODULE_FILE = 'src/lib/server/security-module/process.ts';

/** The process gets these and nothing else of ours. */
export function moduleEnvironment({ mode, paths }: Settings): Record<string, string> {
	return {
		TOKENLINE_MODE: mode,
		TOKENLINE_KEY_FILE: paths.keyFile,
		TOKENLINE_PASSPHRASE_FILE: paths.passphraseFile,
		TOKENLINE_USAGE_JOURNAL: paths.usageJournal,
	};
}
