import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Currency from "../../src/Currency.ts"
import * as LocalMoney from "../../src/LocalMoney.ts"
import * as Money from "../../src/Money.ts"
import { runs } from "../world.ts"

const locales = [
  "en-US en-GB en-IN en-ZA de-DE de-AT de-CH fr-FR fr-CH it-CH es-ES es-MX pt-PT pt-BR pt-CV nl-NL pl-PL sv-SE da-DK",
  "nb-NO fi-FI is-IS cs-CZ hu-HU bg-BG ro-RO el-GR tr-TR ru-RU uk-UA kk-KZ ky-KG uz-UZ hy-AM ka-GE he-IL ar-EG ar-MA",
  "ar-AE fa-IR ckb ur-PK hi-IN bn-BD mr-IN ne-NP ta-IN th-TH my-MM km-KH vi-VN id-ID zh-CN zh-TW ja-JP ko-KR sw-KE",
  "am-ET ff-Adlm"
].flatMap((line) => line.split(" "))

const refused = (text: string, locale: string, currency: Currency.Code) => {
  const read = LocalMoney.parse(text, locale, currency)
  return Result.isFailure(read) ? read.failure : `read as ${Money.format(read.success)}`
}

describe("an amount that somebody typed", () => {
  it.each<[string, string, Currency.Code, string]>([
    ["1 234,50 ₸", "kk-KZ", "KZT", "1234.50"],
    ["1234,5", "kk-KZ", "KZT", "1234.50"],
    ["1 234,50 kzt", "ru-RU", "KZT", "1234.50"],
    ["₸1,234.50", "en-US", "KZT", "1234.50"],
    ["$1,234.50", "en-US", "USD", "1234.50"],
    ["-$5", "en-US", "USD", "-5.00"],
    ["$-5", "en-US", "USD", "-5.00"],
    ["−5,00 €", "de-DE", "EUR", "-5.00"],
    ["1.234", "de-DE", "EUR", "1234.00"],
    ["20 euros", "fr-FR", "EUR", "20.00"],
    ["CHF 1'234.05", "de-CH", "CHF", "1234.05"],
    ["1’234.05", "de-CH", "CHF", "1234.05"],
    ["₹12,34,567.00", "en-IN", "INR", "1234567.00"],
    ["1,234", "ja-JP", "JPY", "1234"],
    ["1.234", "en-US", "KWD", "1.234"],
    ["1,234.000", "en-US", "KWD", "1234.000"],
    ["١٬٢٣٤٫٥٠", "ar-EG", "EGP", "1234.50"],
    ["1,234.50", "ar-EG", "EGP", "1234.50"],
    ["20$00", "pt-CV", "CVE", "20.00"]
  ])("%j in %s is %s %s", (text, locale, currency, decimal) => {
    expect(LocalMoney.parse(text, locale, currency)).toEqual(Result.succeed(Money.ofUnsafe(currency, decimal)))
  })

  it.each<[string, string, Currency.Code, LocalMoney.Reason, string]>([
    ["", "en-US", "USD", "number", ""],
    ["five", "en-US", "USD", "number", "five"],
    ["$5", "kk-KZ", "KZT", "currency", "$"],
    ["$5", "en-US", "CAD", "currency", "$"],
    ["5 EUR", "en-US", "USD", "currency", "EUR"],
    ["1e3", "en-US", "USD", "currency", "e"],
    ["--5", "en-US", "USD", "separators", "-"],
    ["-$-5", "en-US", "USD", "separators", "-"],
    ["1234.50", "kk-KZ", "KZT", "separators", "."],
    ["1.2.3", "en-US", "USD", "separators", "1.2.3"],
    ["5.", "en-US", "USD", "separators", "5."],
    ["1,23", "en-US", "USD", "grouping", "1,23"],
    ["1.50", "de-DE", "EUR", "grouping", "1.50"],
    ["1,234,56", "en-US", "USD", "grouping", "1,234,56"],
    [".50", "en-US", "USD", "grouping", ""],
    ["1.234", "en-US", "USD", "decimals", "234"],
    ["5.00", "en-US", "JPY", "decimals", "00"],
    ["9".repeat(31), "en-US", "USD", "length", "9".repeat(31)],
    ["9".repeat(200), "en-US", "USD", "length", "9".repeat(100)]
  ])("%j in %s is no %s: %s", (text, locale, currency, reason, part) => {
    expect(refused(text, locale, currency)).toEqual(
      new LocalMoney.UnreadableAmount({ text, locale, currency, reason, part })
    )
  })

  it.each<[string, string, Currency.Code, string, string]>([
    ["1,234", "en-US", "KWD", "1234.000", "1.234"],
    ["-1.234", "de-DE", "BHD", "-1234.000", "-1.234"]
  ])("%j in %s may be two amounts of %s", (text, locale, currency, grouped, decimal) => {
    const readings = [Money.ofUnsafe(currency, grouped), Money.ofUnsafe(currency, decimal)] as const
    const refusal = refused(text, locale, currency)
    expect(refusal).toEqual(new LocalMoney.AmbiguousAmount({ text, locale, readings }))
    expect(String(refusal)).toContain(`${Money.format(readings[0])} or ${Money.format(readings[1])}`)
  })

  it("is not taken for a locale that nobody has data for", () => {
    expect(["kk-KZ", "xx-XX", "no locale", ""].map(LocalMoney.isLocale)).toEqual([true, false, false, false])
    expect(() => LocalMoney.parse("5", "no locale", "USD")).toThrow("no locale data")
    expect(() => LocalMoney.format(Money.zero("USD"), "xx-XX")).toThrow("no locale data")
  })

  const amount = fc.oneof(fc.bigInt({ min: -2_000n, max: 2_000n }), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }))

  it("is read back as it was written, in every locale and currency", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.constantFrom(...Currency.codes),
        amount,
        (locale, currency, units) => {
          const money = Money.minor(currency, units)
          const written = LocalMoney.format(money, locale)
          expect([written, LocalMoney.parse(written, locale, currency)]).toEqual([written, Result.succeed(money)])
        }
      ),
      runs(250)
    ))

  it("is read or refused, whatever it is", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.constantFrom<Currency.Code>("USD", "JPY", "KWD", "KZT"),
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."0159.,'  -$€₸") })),
        (locale, currency, text) => {
          const read = LocalMoney.parse(text, locale, currency)
          if (Result.isFailure(read)) return
          const again = LocalMoney.parse(LocalMoney.format(read.success, locale), locale, currency)
          expect(again).toEqual(read)
        }
      ),
      runs(200)
    ))
})
