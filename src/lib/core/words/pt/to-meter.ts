/** In Portuguese: see `en/to-meter.ts`. */
import type { Words } from '../catalogue.ts';

export const toMeter: Words['toMeter'] = {
	send: 'Enviar ao contador',
	needs: 'Também por cabo: com o Chrome num computador ou num telefone Android.',
	underWay: 'Não se sabe se o contador a tem',
	look: 'Ver o contador',
	taken: 'O contador já a tem',
	entered: 'Digitada',
	proven: { title: 'O contador aceitou-a', detail: 'Foi ele que o disse, pelo cabo.' },
};
