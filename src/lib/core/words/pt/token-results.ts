/** In Portuguese: see `en/token-results.ts`. */
import type { Words } from '../catalogue.ts';
import { withDisplays, type TokenResultFacts } from '../token-result-words.ts';

export const tokenDone: Words['virtualMeter']['done'] = {
	credited: (added, credit) => `${added} acrescentados. O contador tem agora ${credit}.`,
	creditCleared: (cleared) => `O crédito de ${cleared} foi apagado.`,
	powerLimitSet: (watts) => `O contador desliga acima de ${watts} W a partir de agora.`,
	phaseLimitSet: (watts) => `As fases podem diferir ${watts} W a partir de agora.`,
	tamperCleared: 'O alarme de fraude foi apagado.',
	shown: 'O contador mostra o que a recarga de teste pediu.',
};

const sectionTaken = ({ missing }: TokenResultFacts): string =>
	missing === ''
		? 'A chave deste contador mudou. As recargas feitas com a chave antiga já não servem.'
		: `Digite também a parte ${missing}. A chave muda quando todas as partes lá estiverem.`;

export const tokenResults: Words['virtualMeter']['results'] = withDisplays({
	Accept: { title: 'Aceite', detail: () => 'O contador aceitou a recarga.' },
	'1stKCT': { title: 'Mudança de chave: parte 1 aceite', detail: sectionTaken },
	'2ndKCT': { title: 'Mudança de chave: parte 2 aceite', detail: sectionTaken },
	'3rdKCT': { title: 'Mudança de chave: parte 3 aceite', detail: sectionTaken },
	'4thKCT': { title: 'Mudança de chave: parte 4 aceite', detail: sectionTaken },
	OverflowError: {
		title: 'O contador está cheio demais',
		detail: () =>
			'Não leva tanto crédito a mais. A recarga não foi usada: digite-a de novo quando algum crédito se gastar.',
	},
	KeyTypeError: {
		title: 'Mudança de chave não permitida',
		detail: () => 'O contador não pode passar do seu tipo de chave para o novo. Nada mudou.',
	},
	FormatError: {
		title: 'Não é uma recarga',
		detail: () =>
			'Nenhuma recarga se parece com estes algarismos. Compare-os com o papel e digite-os de novo.',
	},
	RangeError: {
		title: 'Valor fora dos limites',
		detail: () => 'A recarga traz um valor que este contador não aceita. Não foi usada.',
	},
	FunctionError: {
		title: 'Não é possível neste contador',
		detail: () => 'A recarga pede algo que este contador não sabe fazer. Não foi usada.',
	},
	OldError: {
		title: 'Antiga demais',
		detail: () =>
			'A recarga é mais antiga do que a mais antiga de que o contador se lembra, por isso já não é aceite. Digite primeiro as mais antigas. Se esta nunca foi usada, ligue para a linha de apoio.',
	},
	UsedError: {
		title: 'Já usada',
		detail: ({ credit }) =>
			`O contador já aceitou esta recarga antes. Nada foi acrescentado agora; tem ${credit}.`,
	},
	KeyExpiredError: {
		title: 'Fora de prazo',
		detail: () =>
			'A chave com que esta recarga foi feita perdeu a validade. Peça à empresa a mudança de chave, e depois uma nova recarga.',
	},
	DDTKError: {
		title: 'O contador ainda tem a chave de fábrica',
		detail: () =>
			'Só aceita crédito depois da mudança de chave. Digite primeiro os códigos da mudança de chave; esta recarga não foi usada.',
	},
	CRCError: {
		title: 'Não é deste contador, ou foi mal digitada',
		detail: () =>
			'Compare o número do contador e cada algarismo com o papel, e digite a recarga de novo.',
	},
	MfrCodeError: {
		title: 'De outra marca de contador',
		detail: () => 'Esta recarga de teste é para contadores de outro fabricante. Nada foi feito.',
	},
	Lockout: {
		title: 'Bloqueado por agora',
		detail: () =>
			'Depois de entradas erradas o contador não aceita recargas durante um tempo. Esta não foi vista e continua boa.',
	},
});
