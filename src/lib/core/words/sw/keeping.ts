/** In Swahili: see `en/keeping.ts`. */
import type { Words } from '../catalogue.ts';

export const keeping: Words['keeping'] = {
	troubles: {
		'no-space': {
			why: 'Kifaa hiki kimejaa.',
			todo: 'Futa picha, video au programu, kisha ujaribu tena. Kilichotunzwa hapa kitabaki.',
		},
		'not-allowed': {
			why: 'Kivinjari hakitunzi chochote cha programu hii.',
			todo: 'Toka kwenye dirisha la faragha, au ruhusu tovuti hii kutunza data.',
		},
		'newer-version': {
			why: 'Toleo jipya la programu liko wazi kwenye kichupo kingine.',
			todo: 'Pakia ukurasa huu tena.',
		},
		failed: {
			why: 'Hifadhi ya kivinjari haijibu.',
			todo: 'Pakia ukurasa huu tena.',
		},
	},
	noDate: 'tarehe haijulikani',
};
