/** The office's desk of this page: one, whatever screen is shown. */
import { officeApi } from '#lib/browser/api/office.ts';
import { passkeyDevice } from '#lib/browser/device/passkey.ts';
import { OfficeDesk } from './desk.svelte.ts';

export const officeDesk = new OfficeDesk({ api: officeApi, passkeys: passkeyDevice });
