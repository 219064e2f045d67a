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
		another: 'Outro contador',
		all: (count) => `Mostrar todos os ${count}`,
		manage: (name) => `Mudar o nome ou esquecer ${name}`,
	},
	manage: {
		rename: 'O nome que lhe dá',
		renameHint: 'Só neste aparelho, por exemplo Casa ou Loja',
		save: 'Guardar',
		noName: 'Tirar o nome',
		forget: 'Esquecer este contador',
		forgetHint: 'As compras feitas para ele ficam na lista.',
		close: 'Fechar',
		refusals: {
			'too-long': '24 caracteres no máximo.',
			'not-readable': 'Há nele um carácter que não se pode mostrar.',
			'no-letter': 'É precisa uma letra ou um algarismo.',
			'a-number': 'Isto é um número como o de um contador. Escolha uma palavra.',
			taken: 'Outro contador aqui já tem este nome.',
		},
	},
	resume: {
		title: 'Estava aqui',
		detail: (amount, who) => `${amount} para ${who}. Nada foi enviado e nada foi pago.`,
		goOn: 'Continuar',
		forget: 'Esquecer',
	},
	look: 'Ver',
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
