import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('readPushKey', ({ backend }) =>
	Promise.resolve({ publicKey: backend.pushKey.publicKey }),
);
