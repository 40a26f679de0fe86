using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Tests.Expressions;

/// <summary>The language definition of CEL (cel-spec, doc/langdef.md), read section by section; each row is one sentence of it.</summary>
public sealed class CelConformanceTests
{
    private static readonly FunctionRegistry Registry = new(new TestClock(House.Start));

    [Theory]
    // Numeric literals: decimal and hexadecimal ints, uints with a suffix, doubles with a fraction or an exponent.
    [InlineData("9223372036854775807 == 0x7FFFFFFFFFFFFFFF && -0x8000000000000000 == -9223372036854775808")]
    [InlineData("18446744073709551615u == 0xFFFFFFFFFFFFFFFFu && 7U == 7u")]
    [InlineData(".5 == 0.5 && 1e3 == 1000.0 && 2.5e-1 == .25 && 1E+2 == 100.0")]
    // String and bytes literals: raw, triple quotes, escapes; a \x is a code point in a text and a byte in bytes.
    [InlineData("r'a\\n' == 'a\\\\n' && R\"\"\"it's \"so\" \"\"\" == 'it\\'s \"so\" '")]
    [InlineData("'''two\nlines''' == 'two\\nlines' && \"\"\"a\"b\"\"\" == 'a\"b'")]
    [InlineData("'\\x41\\101\\u0041\\U00000041' == 'AAAA' && '\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'.size() == 12")]
    [InlineData("'\\u00ff'.size() == 1 && '\\U0001F600'.size() == 1 && '\\xff' == 'ÿ'")]
    [InlineData("b'\\xff' == b'\\377' && b'ÿ' == b'\\303\\277' && size(b'ÿ') == 2 && bR'\\x' == b'\\\\x'")]
    [InlineData("string(b'\\xef\\x9c\\x81') == '\\uf701'")]
    // Names: a leading dot means the outermost; comments end with the line; lists and maps may end with a comma.
    [InlineData("[1].all(Level, Level == 1 && .Level == 5) // and no more")]
    [InlineData("[1, 2,] == [1, 2] && {'a': 1,} == {'a': 1}")]
    // Equality: numbers by what they are worth, other kinds are just not equal, NaN not even to itself.
    [InlineData("1 == 1u && 1u == 1.0 && 1 != 1.5 && dyn('1') != 1 && null == null && dyn(1) != null")]
    [InlineData("double('NaN') != double('NaN') && !(double('NaN') == 1.0) && [double('NaN')] != [double('NaN')]")]
    [InlineData("[1, 2u, 3.0] == [1.0, 2, 3u] && {1: 'a'} == {1u: 'a'} && [] == [] && [1] != [1, 1] && {'a': 1} != {'a': 1, 'b': 2}")]
    [InlineData("0.0 == -0.0 && b'a' == bytes('a') && dyn(true) != 1")]
    // Ordering: of each kind with itself, of numbers across kinds, of texts by code points; NaN comes neither before nor after.
    [InlineData("false < true && 'a' < 'aa' && b'a' < b'b' && 1 < 1.1 && 1u < 2 && -1 < 0u && 2.0 > 1u")]
    [InlineData("'\\uffee' < '\\U0001F600' && !(double('NaN') < 1.0) && !(double('NaN') >= 1.0)")]
    [InlineData("9007199254740993 > 9007199254740992.0 && 18446744073709551615u > 9223372036854775807 && -1.0 < 0u")]
    [InlineData("decimal('1') < 1e300 && decimal('1') > -1e300 && decimal('1') != 1e300 && !(decimal('1') < double('NaN')) && !(double('NaN') >= decimal('1'))")]
    // Arithmetic: ints truncate, a remainder has the sign of what is divided, doubles know infinity.
    [InlineData("-7 / 2 == -3 && -7 % 3 == -1 && 7 % -3 == 1 && 7u / 2u == 3u && 7u % 4u == 3u")]
    [InlineData("1.0 / 0.0 == double('Infinity') && -1.0 / 0.0 < 0.0 && -(-5) == 5 && - -5.0 == 5.0")]
    [InlineData("'a' + 'b' == 'ab' && b'a' + b'b' == b'ab' && [1] + [2] == [1, 2] && '' + '' == ''")]
    // Logic: either side may decide, also over an error of the other one.
    [InlineData("(true || 1 / 0 > 0) && (1 / 0 > 0 || true) && !(false && 1 / 0 > 0) && !(1 / 0 > 0 && false)")]
    [InlineData("(true ? 1 : 1 / 0) == 1 && (false ? 1 : true ? 2 : 3) == 2 && (dyn('a') || true)")]
    // Lists and maps: whole numbers of any kind find an item; keys of numbers are found by what they are worth.
    [InlineData("[7, 8][1] == 8 && [7, 8][dyn(1u)] == 8 && [7, 8][dyn(1.0)] == 8")]
    [InlineData("{1: 'a', 2u: 'b', true: 'c', 'x': 'd'}[dyn(1.0)] == 'a' && {1u: 'a'}[1] == 'a' && {true: 1}[true] == 1")]
    [InlineData("2.0 in [1, 2] && !('a' in [1]) && 'a' in {'a': null} && !(dyn(2) in {'a': 1}) && 1u in {1: 1}")]
    [InlineData("{'a': null}.a == null && has({'a': null}.a) && !has({'a': 1}.b) && {'a': {'b': [1]}}.a.b[0] == 1")]
    // Macros.
    [InlineData("[].all(x, false) && ![].exists(x, true) && [1, 2, 3].exists_one(x, x > 2) && {'a': 1}.exists(k, k == 'a')")]
    [InlineData("[1, 0].exists(x, 1 / x == 1) && ![0, 2].all(x, 1 / x == 1)")]
    [InlineData("[1, 2, 3].filter(x, x != 2).map(x, x * 2) == [2, 6] && [1, 2].map(x, x > 1, string(x)) == ['2']")]
    [InlineData("[[1, 2], [3]].map(x, x.filter(y, y != 2)) == [[1], [3]]")]
    // Types as values.
    [InlineData("type(1) == int && type(1u) == uint && type(1.0) == double && type('') == string && type(b'') == bytes && type(true) == bool")]
    [InlineData("type([]) == list && type([1]) == type(['a']) && type({}) == map && type(null) == null_type && type(null) != type(0)")]
    [InlineData("type(type(1)) == type && type(int) == type && type(dyn(1)) == int && type(1) != uint && int != string")]
    [InlineData("type(timestamp(0)) == google.protobuf.Timestamp && type(duration('1s')) == google.protobuf.Duration && type(decimal('1')) == decimal")]
    [InlineData("[1, 'a', 2].filter(x, type(x) == int) == [1, 2] && type(Level) in [int, string]")]
    // Conversions.
    [InlineData("int('-12') == -12 && int(3.99) == 3 && int(-3.99) == -3 && int(5u) == 5 && int(timestamp('1970-01-01T00:01:00Z')) == 60 && int(7) == 7")]
    [InlineData("uint('12') == 12u && uint(3.99) == 3u && uint(5) == 5u && uint(5u) == 5u")]
    [InlineData("double('1.5') == 1.5 && double(2) == 2.0 && double(2u) == 2.0 && double('-1e3') == -1000.0 && double(1.0) == 1.0")]
    [InlineData("string(1) == '1' && string(1u) == '1' && string(1.5) == '1.5' && string(true) == 'true' && string('a') == 'a' && string(b'\\xc3\\xa9') == 'é'")]
    [InlineData("string(duration('1h1.5s')) == '3601.5s' && string(timestamp('2026-03-02T10:00:00.5+01:00')) == '2026-03-02T09:00:00.5Z'")]
    [InlineData("bytes('é') == b'\\xc3\\xa9' && bytes(b'a') == b'a' && bool('true') && bool('T') && bool('1') && !bool('F') && !bool('false') && bool(true)")]
    [InlineData("timestamp(60) == timestamp('1970-01-01T00:01:00Z') && timestamp('2026-03-02T10:00:00+01:00') == timestamp('2026-03-02T09:00:00Z')")]
    [InlineData("duration('90m') == duration('1h30m') && duration('1.5h') == duration('5400s') && duration('-1s') < duration('1ms') && duration('1000us') == duration('1ms')")]
    // Texts: matches looks anywhere, and functions can be called as methods.
    [InlineData("'hubba'.matches('u.b') && matches('hubba', '^hub') && !'hubba'.matches('^b') && 'été'.contains('té') && ''.startsWith('') && !'a'.endsWith('b')")]
    // Patterns are RE2's: ASCII classes, the end of the text, whole characters, named groups.
    [InlineData("!'abc\\n'.matches('^abc$') && 'a\\nb'.matches('(?m)^a$') && !'\u0663'.matches('^\\\\d$') && '3'.matches('^\\\\d$') && 'é'.matches('^\\\\W$') && !'é'.matches('^[\\\\w]$')")]
    [InlineData("'\\U0001F600'.matches('^.$') && '\\U0001F600'.matches('^[^a]$') && !'\\U0001F600'.matches('^..$') && 'ab'.matches('^(?P<n>a)b$') && 'été'.matches('^\\\\pL+$') && 'a.b'.matches('^\\\\Qa.b\\\\E$')")]
    [InlineData("'😀'.matches('^[😀]$') && !'😁'.matches('^[😀]$') && '😁'.matches('^[^😀]$') && !'😀'.matches('^[^😀]$') && '😀😀'.matches('^😀{2}$') && !'😀'.matches('^😀{2}$')")]
    [InlineData("'😁'.matches('^[😀-😎]$') && !'🚀'.matches('^[😀-😎]$') && 'z😁'.matches('^[a-z😀-😎]+$') && '\\U00020000'.matches('^[一-\\U0002FFFF]$') && '😀'.matches('^[\\\\x{1F600}]$') && '😀'.matches('^\\\\x{1F600}+$')")]
    [InlineData("'é'.matches('^[\\\\W]$') && !'é'.matches('^[^\\\\W]$') && '\u0663'.matches('^[\\\\D]$') && '\u00a0'.matches('^[\\\\S]$') && '😀'.matches('^[\\\\W]$') && !'a'.matches('^[\\\\W\\\\d]$') && '5'.matches('^[\\\\W\\\\d]$')")]
    [InlineData("'été'.matches('^[\\\\pL]+$') && !'é'.matches('^[^\\\\p{L}]$') && '😀'.matches('^[^\\\\p{L}]$') && '.'.matches('^[^[:alpha:]]$') && '.'.matches('^[[:^alpha:]]$') && '-'.matches('^[a-]$') && '-]'.matches('^[]-]+$')")]
    [InlineData("duration('0') == duration('0s') && duration('-0') == duration('0s') && duration('7200000h').getHours() == 7200000")]
    [InlineData("duration('922337203685.4775807s').getSeconds() == 922337203685 && duration('922337203685.4775807s').getMinutes() == 15372286728 && duration('-1.9999999s').getSeconds() == -1")]
    [InlineData("duration('255999999h59m59.9999999s').getHours() == 255999999 && duration('255999999h59m59.9999999s').getMinutes() == 15359999999")]
    [InlineData("'12'.matches('^[[:digit:]]+$') && !'a'.matches('^[[:digit:]]+$') && 'a]'.matches('^[]a]+$') && 'a-[b'.matches('^[a\\\\-[b]+$') && '\\n'.matches('(?s)^.$') && !'\\n'.matches('^.$')")]
    // What is finer than a tenth of a microsecond is cut off; a key is a key whatever number it is.
    [InlineData("string(duration('10us')) == '0.00001s' && timestamp('2026-03-02T09:00:00.99999999Z').getSeconds() == 0 && {5: 1}[decimal('5')] == 1 && 5.0 in {5: 1}")]
    [InlineData("size('\\U0001F600é') == 2 && 'abc'.size() == 3 && size([1, 2]) == 2 && {'a': 1}.size() == 1")]
    // Instants and spans, in UTC, in a zone, at an offset.
    [InlineData("timestamp('2026-12-31T23:30:00Z').getFullYear('Europe/Paris') == 2027 && timestamp('2026-12-31T23:30:00Z').getMonth('+01:00') == 0 && timestamp('2026-12-31T23:30:00Z').getHours('01:00') == 0")]
    [InlineData("timestamp('2026-03-01T00:00:00Z').getDate() == 1 && timestamp('2026-03-01T00:00:00Z').getDayOfMonth() == 0 && timestamp('2026-03-01T00:00:00Z').getDayOfWeek() == 0 && timestamp('2026-03-01T00:00:00Z').getDayOfYear() == 59")]
    [InlineData("timestamp('2026-03-01T01:02:03.004Z').getMinutes() == 2 && timestamp('2026-03-01T01:02:03.004Z').getSeconds() == 3 && timestamp('2026-03-01T01:02:03.004Z').getMilliseconds() == 4")]
    [InlineData("duration('3730s').getHours() == 1 && duration('3730s').getMinutes() == 62 && duration('3730s').getSeconds() == 3730 && duration('1.234s').getMilliseconds() == 234")]
    [InlineData("timestamp('2026-03-02T00:00:00Z') - duration('1h') < timestamp('2026-03-02T00:00:00Z') && duration('1h') + timestamp(0) == timestamp(3600) && duration('2h') - duration('1h') == duration('1h') && -duration('1h') == duration('-1h')")]
    public void The_language_definition_says_that_this_holds(string text)
    {
        Assert.Equal("true", Evaluate(text).ToString());
    }

    [Theory]
    // Overflow of ints and uints, division by nothing, conversions out of range.
    [InlineData("9223372036854775807 + 1", CelOperators.TooLarge)]
    [InlineData("-9223372036854775808 - 1", CelOperators.TooLarge)]
    [InlineData("9223372036854775807 * 2", CelOperators.TooLarge)]
    [InlineData("-9223372036854775808 / -1", CelOperators.TooLarge)]
    [InlineData("-(-9223372036854775808)", CelOperators.TooLarge)]
    [InlineData("18446744073709551615u + 1u", CelOperators.TooLarge)]
    [InlineData("0u - 1u", CelOperators.TooLarge)]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1h')", CelOperators.TooLarge)]
    [InlineData("int(18446744073709551615u)", CelOperators.TooLarge)]
    [InlineData("decimal('1') * 1e300", CelOperators.TooLarge)]
    [InlineData("int(1e99)", "The number is too large for an int.")]
    [InlineData("uint(-0.5)", "The number does not fit a uint.")]
    [InlineData("1u / 0u", "Division by zero.")]
    [InlineData("1u % 0u", "Division by zero.")]
    // No operator is applied to kinds it does not know; kinds of numbers do not mix in arithmetic.
    [InlineData("1 + 1u", "+ cannot be applied to int and uint.")]
    [InlineData("1.0 * 1", "* cannot be applied to double and int.")]
    [InlineData("5.0 % 2.0", "% cannot be applied to double and double.")]
    [InlineData("-1u", "- cannot be applied to uint.")]
    [InlineData("[1] < [2]", "< cannot be applied to list and list.")]
    [InlineData("null < null", "< cannot be applied to null and null.")]
    [InlineData("1 in 1", "in cannot be applied to int and int.")]
    [InlineData("!1", "! takes true or false, not a value of type int.")]
    [InlineData("dyn(1) && true", "&& takes true or false, not a value of type int.")]
    // Indexes and keys.
    [InlineData("[1][1]", "The list has no item 1; it has 1.")]
    [InlineData("[1][-1]", "The list has no item -1; it has 1.")]
    [InlineData("[1][dyn(0.5)]", "The list has no item 0.5; it has 1.")]
    [InlineData("{'a': 1}['b']", "There is no b.")]
    [InlineData("{'a': 1}.b", "There is no b.")]
    [InlineData("{1: 'a', 1u: 'b'}", "The key 1 stands there twice.")]
    [InlineData("{1.5: 'a'}", "A value of type double cannot be a key.")]
    // Conversions that the definition does not list.
    [InlineData("string([1])", "string does not take a value of type list.")]
    [InlineData("string(null)", "string does not take a value of type null.")]
    [InlineData("int(true)", "int does not take a value of type bool.")]
    [InlineData("bool('yes')", "\"yes\" is neither true nor false.")]
    [InlineData("timestamp('05/06/2026')", "\"05/06/2026\" is not an instant; write 2026-01-05T09:00:00Z.")]
    [InlineData("timestamp('2026-03-02T10:00:00Z\\n').getSeconds() == 0 ? 1 : 0", "\"2026-03-02T10:00:00Z\n\" is not an instant; write 2026-01-05T09:00:00Z.")]
    [InlineData("timestamp('09:00')", "\"09:00\" is not an instant; write 2026-01-05T09:00:00Z.")]
    [InlineData("duration('1')", "\"1\" is not a span of time; write 36h, 90s or P7D.")]
    public void The_language_definition_gives_no_value_for_this(string text, string reason)
    {
        var value = Evaluate(text);

        Assert.True(value.IsError, $"{text} is {value}");
        Assert.Equal(reason, value.Text);
    }

    [Theory]
    [InlineData("'one\nline'", "The text is not closed.")]
    [InlineData("'one\rline'", "The text is not closed.")]
    [InlineData("'\\ud800'", "The code names no character.")]
    [InlineData("'\\UFFFFFFFF'", "The code names no character.")]
    [InlineData("b'\\u00ff'", "\\u names a character, not a byte; write \\x.")]
    [InlineData("18446744073709551616u", "The number is too large.")]
    [InlineData("-9223372036854775809", "The number is too large.")]
    [InlineData("1 + let", "\"let\" is a word that CEL keeps for itself.")]
    [InlineData("true ? 1", "The expression ends too early; there should be \":\".")]
    [InlineData("a.in", "\"in\" is not expected here; there should be a name.")]
    public void The_grammar_has_no_such_expression(string text, string message)
    {
        Assert.Equal(message, Parsed(text).Problem?.Message);
    }

    private static CompiledExpression Parsed(string text) => CelExpression.Parse(text, Registry, name => name == "Level" ? name : null, new RootPaths());

    private static CelValue Evaluate(string text)
    {
        var expression = Parsed(text);
        Assert.Null(expression.Problem);
        return ((CelExpression)expression).EvaluateCel(new OneVariable());
    }

    private sealed class OneVariable : IExpressionScope
    {
        public RootValues RootValues { get; } = new();

        public object? Variable(string id) => 5;

        public object? Input(string name) => null;

        public IReadOnlyDictionary<string, object?> Inputs() => new Dictionary<string, object?>();

        public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId) => null;

        public bool TryRoot(string name, out object? value)
        {
            value = null;
            return false;
        }
    }
}
