/** What this device can no longer keep, why, and what to do; and what it cannot date. */
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';

/** `other-tab` is only a staff journal's. */
type KeepTrouble = Exclude<StoreFaultKind, 'other-tab'>;

const troubles: Record<KeepTrouble, { readonly why: string; readonly todo: string }> = {
	'no-space': {
		why: 'This device is full.',
		todo: 'Delete photos, videos or apps, then try again. What is kept here already stays.',
	},
	'not-allowed': {
		why: 'The browser keeps nothing for this app.',
		todo: 'Leave the private window, or allow this site to store data.',
	},
	'newer-version': {
		why: 'A newer version of the app runs in another tab.',
		todo: 'Load this page again.',
	},
	failed: {
		why: 'The browser’s storage does not answer.',
		todo: 'Load this page again.',
	},
};

export const keeping = {
	troubles,
	/** In the place of a date that this device's clock got wrong. */
	noDate: 'date not known',
};
