/** In Portuguese: see `en/top-up.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('pt');

export const topUp: Words['topUp'] = {
	title: 'Recarregar',
	field: 'Número do contador',
	hint: '11 ou 13 algarismos, impressos no contador',
	soFar: (count) =>
		`${count} ${plural(count, { one: 'algarismo', other: 'algarismos' })} até agora, são precisos 11 ou 13`,
	sound: 'O algarismo de controlo está certo',
	next: 'Continuar',
	saved: {
		title: 'Os seus contadores',
		used: (ago) => `Última compra ${ago}`,
		manage: (name) => `Mudar o nome ou esquecer ${name}`,
	},
	manage: {
		rename: 'O nome que lhe dá',
		renameHint: 'Só neste aparelho, por exemplo Casa ou Loja',
		save: 'Guardar',
		forget: 'Esquecer este contador',
		forgetHint: 'As compras feitas para ele ficam na lista.',
		close: 'Fechar',
	},
	find: {
		title: 'Onde está o número',
		detail:
			'Numa etiqueta ou placa à frente do contador, junto ao código de barras. Está também em cada recibo antigo deste contador.',
		picture: 'Um contador com o número por baixo do código de barras',
	},
	virtual: {
		title: 'Experimente com um contador virtual',
		detail:
			'Um contador dentro desta aplicação, para experimentar. Sem dinheiro real, sem eletricidade real, e as suas recargas não servem em nenhum contador real.',
		none: 'Este serviço não tem contadores virtuais.',
		unreachable:
			'A lista dos contadores virtuais vem do serviço, a que agora não se consegue chegar.',
	},
};
