import { operation } from '#lib/server/http/operation.ts';
import { makeTariffPack } from '#lib/server/till/tariff-pack.ts';

export const GET = operation('makeTariffPack', ({ backend, caller }) =>
	makeTariffPack(backend, caller),
);
