//! Whatever the chain encodes, decoded with nothing but its metadata: calls and events.

use crate::{amount::Amount, decimal::Decimal};
use serde::{ser::SerializeMap, Serialize, Serializer};
use std::{fmt, marker::PhantomData};
use subxt::{
	ext::scale_decode::{
		self,
		visitor::{types, DecodeItemIterator, TypeIdFor, Unexpected},
		IntoVisitor, TypeResolver, Visitor,
	},
	utils::AccountId32,
};

/// A decoded value, with the kinds that people want to see as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
	/// Nothing: an absent option.
	None,
	/// True or false.
	Bool(bool),
	/// One byte; lists of them become text or bytes.
	Byte(u8),
	/// A number of up to 64 bits.
	Number(u64),
	/// A number of 128 bits, which on this chain is always an amount of money.
	Amount(Amount),
	/// A signed number of 128 bits, which on this chain is part of a decimal number.
	Signed(i128),
	/// An account.
	Account(AccountId32),
	/// Text, or the name of an enum's variant without fields.
	Text(String),
	/// Bytes that are no text.
	Bytes(Vec<u8>),
	/// Several values.
	List(Vec<Value>),
	/// Named values in their order.
	Record(Vec<(String, Value)>),
}

impl Value {
	/// A variant `name` with `content`.
	fn variant(name: &str, content: Self) -> Self {
		match content {
			Self::None => Self::Text(name.to_owned()),
			content => Self::Record(vec![(name.to_owned(), content)]),
		}
	}

	/// The name and the content of a variant.
	pub fn into_variant(self) -> (String, Self) {
		match self {
			Self::Record(fields) => match <[_; 1]>::try_from(fields) {
				Ok([variant]) => variant,
				Err(fields) => (String::new(), Self::Record(fields)),
			},
			Self::Text(name) => (name, Self::None),
			other => (String::new(), other),
		}
	}

	/// A decimal number, if it is made of digits and how many of them stand behind the point.
	fn into_decimal(self) -> Self {
		match &self {
			Self::Record(fields) => match fields.as_slice() {
				[(_, Self::Signed(value)), (_, Self::Byte(decimals))] => {
					Self::Text(Decimal { value: *value, decimals: *decimals }.to_string())
				},
				_ => self,
			},
			_ => self,
		}
	}

	/// The ends of a scale, which are stored in units of 10^-18.
	fn into_scale(self) -> Self {
		let Self::Record(fields) = self else { return self };
		let shown = fields.into_iter().map(|(name, value)| match value {
			Self::Signed(value) => (name, Self::Text(Decimal { value, decimals: 18 }.to_string())),
			value => (name, value),
		});
		Self::Record(shown.collect())
	}

	/// The bytes, if the list holds nothing else.
	fn bytes(items: &[Self]) -> Option<Vec<u8>> {
		items
			.iter()
			.map(|item| if let Self::Byte(byte) = item { Some(*byte) } else { None })
			.collect()
	}

	/// The fields of a record with their values in words; those of records within it as
	/// `outer.inner`.
	pub fn flatten(&self) -> Vec<(String, String)> {
		let Self::Record(fields) = self else { return Vec::new() };
		let flat = fields.iter().flat_map(|(name, value)| match value {
			Self::Record(_) => {
				let within = value.flatten().into_iter();
				within.map(|(inner, value)| (format!("{name}.{inner}"), value)).collect()
			},
			_ => vec![(name.clone(), value.to_string())],
		});
		flat.collect()
	}

	/// The value within others, where a record needs a frame.
	fn nested(&self) -> String {
		match self {
			Self::Record(_) => format!("{{{self}}}"),
			_ => self.to_string(),
		}
	}

	/// A list of variable length: of bytes it is text if it reads as such.
	fn sequence(items: Vec<Self>) -> Self {
		match Self::bytes(&items).filter(|bytes| !bytes.is_empty()) {
			None => Self::List(items),
			Some(bytes) => String::from_utf8(bytes)
				.ok()
				.filter(|text| !text.chars().any(char::is_control))
				.map_or_else(|| Self::Bytes(Self::bytes(&items).unwrap_or_default()), Self::Text),
		}
	}

	/// A list of fixed length: of bytes it is a hash or a signature.
	fn array(items: Vec<Self>) -> Self {
		match Self::bytes(&items) {
			Some(bytes) => Self::Bytes(bytes),
			None => Self::List(items),
		}
	}
}

/// One line, with units.
impl fmt::Display for Value {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::None => f.write_str("none"),
			Self::Bool(value) => value.fmt(f),
			Self::Byte(value) => value.fmt(f),
			Self::Number(value) => value.fmt(f),
			Self::Amount(amount) => amount.fmt(f),
			Self::Signed(value) => value.fmt(f),
			Self::Account(account) => account.fmt(f),
			Self::Text(text) => f.write_str(text),
			Self::Bytes(bytes) => write!(f, "0x{}", hex::encode(bytes)),
			Self::List(items) => {
				f.write_str("[")?;
				write_separated(f, items.iter().map(Self::nested))?;
				f.write_str("]")
			},
			Self::Record(fields) => write_separated(
				f,
				fields.iter().map(|(name, value)| match value {
					Self::Record(_) => format!("{name} {}", value.nested()),
					_ => format!("{name}: {value}"),
				}),
			),
		}
	}
}

fn write_separated(f: &mut fmt::Formatter<'_>, items: impl Iterator<Item = String>) -> fmt::Result {
	for (index, item) in items.enumerate() {
		if index > 0 {
			f.write_str(", ")?;
		}
		f.write_str(&item)?;
	}
	Ok(())
}

impl Serialize for Value {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		match self {
			Self::None => serializer.serialize_none(),
			Self::Bool(value) => value.serialize(serializer),
			Self::Byte(value) => value.serialize(serializer),
			Self::Number(value) => value.serialize(serializer),
			Self::Amount(amount) => amount.serialize(serializer),
			Self::Signed(value) => serializer.collect_str(value),
			Self::Account(account) => account.serialize(serializer),
			Self::Text(text) => text.serialize(serializer),
			Self::Bytes(_) => serializer.collect_str(self),
			Self::List(items) => items.serialize(serializer),
			Self::Record(fields) => {
				let mut map = serializer.serialize_map(Some(fields.len()))?;
				for (name, value) in fields {
					map.serialize_entry(name, value)?;
				}
				map.end()
			},
		}
	}
}

impl IntoVisitor for Value {
	type AnyVisitor<R: TypeResolver> = Reader<R>;

	fn into_visitor<R: TypeResolver>() -> Reader<R> {
		Reader(PhantomData)
	}
}

/// Decodes a [`Value`] of any type.
pub struct Reader<R>(PhantomData<R>);

impl<R: TypeResolver> Reader<R> {
	/// Decodes everything that `items` still holds.
	fn items<'scale, 'resolver>(
		mut items: impl DecodeItemIterator<'scale, 'resolver, R>,
	) -> Result<Vec<Value>, scale_decode::Error> {
		let mut values = Vec::new();
		while let Some(value) = items.decode_item(Self(PhantomData)) {
			values.push(value?);
		}
		Ok(values)
	}

	/// Decodes the fields of a struct or of a variant. One without a name stands for the whole.
	fn fields(fields: &mut types::Composite<'_, '_, R>) -> Result<Value, scale_decode::Error> {
		let names: Vec<_> = fields.fields().iter().map(|field| field.name).collect();
		let mut values = Self::items(fields)?;
		if names.iter().all(Option::is_some) && !names.is_empty() {
			let names = names.into_iter().flatten().map(str::to_owned);
			return Ok(Value::Record(names.zip(values).collect()));
		}
		Ok(match values.len() {
			0 => Value::None,
			1 => values.remove(0),
			_ => Value::List(values),
		})
	}
}

/// Implements the visits of numbers that fit into 64 bits.
macro_rules! visit_numbers {
	($($visit:ident: $number:ty),*) => {$(
		fn $visit<'scale, 'resolver>(
			self,
			value: $number,
			_: TypeIdFor<Self>,
		) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
			Ok(Value::Number(value.into()))
		}
	)*};
}

impl<R: TypeResolver> Visitor for Reader<R> {
	type Value<'scale, 'resolver> = Value;
	type Error = scale_decode::Error;
	type TypeResolver = R;

	visit_numbers!(visit_u16: u16, visit_u32: u32, visit_u64: u64);

	fn visit_unexpected<'scale, 'resolver>(
		self,
		unexpected: Unexpected,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Ok(Value::Text(format!("<{unexpected}>")))
	}

	fn visit_bool<'scale, 'resolver>(
		self,
		value: bool,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Ok(Value::Bool(value))
	}

	fn visit_u8<'scale, 'resolver>(
		self,
		value: u8,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Ok(Value::Byte(value))
	}

	fn visit_u128<'scale, 'resolver>(
		self,
		value: u128,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Ok(Value::Amount(Amount(value)))
	}

	fn visit_i128<'scale, 'resolver>(
		self,
		value: i128,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Ok(Value::Signed(value))
	}

	fn visit_str<'scale, 'resolver>(
		self,
		value: &mut types::Str<'scale>,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Ok(Value::Text(value.as_str()?.to_owned()))
	}

	fn visit_sequence<'scale, 'resolver>(
		self,
		value: &mut types::Sequence<'scale, 'resolver, R>,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Self::items(value).map(Value::sequence)
	}

	fn visit_array<'scale, 'resolver>(
		self,
		value: &mut types::Array<'scale, 'resolver, R>,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		Self::items(value).map(Value::array)
	}

	fn visit_tuple<'scale, 'resolver>(
		self,
		value: &mut types::Tuple<'scale, 'resolver, R>,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		let values = Self::items(value)?;
		Ok(if values.is_empty() { Value::None } else { Value::List(values) })
	}

	fn visit_composite<'scale, 'resolver>(
		self,
		value: &mut types::Composite<'scale, 'resolver, R>,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		let name = value.name().unwrap_or_default();
		Ok(match (name, Self::fields(value)?) {
			("AccountId32", Value::Bytes(bytes)) => match bytes.try_into() {
				Ok(account) => Value::Account(AccountId32(account)),
				Err(bytes) => Value::Bytes(bytes),
			},
			("Perbill", Value::Number(parts)) => Value::Text(percent(parts)),
			("Decimal", value) => value.into_decimal(),
			("Scale", value) => value.into_scale(),
			(_, value) => value,
		})
	}

	fn visit_variant<'scale, 'resolver>(
		self,
		value: &mut types::Variant<'scale, 'resolver, R>,
		_: TypeIdFor<Self>,
	) -> Result<Self::Value<'scale, 'resolver>, Self::Error> {
		let (of, name) = (value.enum_name().unwrap_or_default(), value.name());
		let content = Self::fields(value.fields())?;
		Ok(match (of, name) {
			("Option", _) | ("MultiAddress", "Id") => content,
			_ => Value::variant(name, content),
		})
	}
}

/// Writes parts per billion as a percentage, to the last digit that counts.
pub fn percent(parts_per_billion: u64) -> String {
	let (whole, rest) = (parts_per_billion / 10_000_000, parts_per_billion % 10_000_000);
	let digits = format!("{rest:07}");
	match digits.trim_end_matches('0') {
		"" => format!("{whole} %"),
		fraction => format!("{whole}.{fraction} %"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn percent_should_show_every_digit_that_counts() {
		for (parts, text) in [
			(0, "0 %"),
			(25_000_000, "2.5 %"),
			(1_000_000_000, "100 %"),
			(1, "0.0000001 %"),
			(105_000_000, "10.5 %"),
		] {
			assert_eq!(percent(parts), text);
		}
	}

	#[test]
	fn bytes_should_be_text_when_they_read_as_such() {
		let bytes = |bytes: &[u8]| bytes.iter().map(|byte| Value::Byte(*byte)).collect();
		assert_eq!(Value::sequence(bytes(b"ipfs://card")), Value::Text("ipfs://card".into()));
		assert_eq!(Value::sequence(bytes(&[0, 255])), Value::Bytes(vec![0, 255]));
		assert_eq!(Value::array(bytes(b"text")), Value::Bytes(b"text".to_vec()));
		assert_eq!(Value::sequence(Vec::new()), Value::List(Vec::new()));
	}

	#[test]
	fn values_should_read_well_in_a_row_and_in_json() {
		let value = Value::Record(vec![
			("amount".into(), Value::Amount(Amount(1_500_000_000_000))),
			("wallet".into(), Value::None),
			("due".into(), Value::List(vec![Value::Number(7), Value::Number(8)])),
			("call".into(), Value::variant("open", Value::Record(vec![("id".into(), 7.into())]))),
		]);
		assert_eq!(
			value.to_string(),
			"amount: 1.5 AIT, wallet: none, due: [7, 8], call {open {id: 7}}"
		);
		assert_eq!(
			serde_json::to_string(&value).expect("a value is JSON"),
			r#"{"amount":"1500000000000","wallet":null,"due":[7,8],"call":{"open":{"id":7}}}"#
		);
	}

	#[test]
	fn decimal_numbers_should_be_shown_with_their_point() {
		let signed = |value| Value::Signed(value);
		let decimal = Value::Record(vec![
			("value".into(), signed(-995)),
			("decimals".into(), Value::Byte(1)),
		]);
		assert_eq!(decimal.into_decimal(), Value::Text("-99.5".into()));
		let end = |value| signed(value * 10i128.pow(18));
		let scale = Value::Record(vec![("min".into(), end(0)), ("max".into(), end(100))]);
		assert_eq!(scale.into_scale().to_string(), "min: 0, max: 100");
	}

	#[test]
	fn records_should_be_flattened_by_their_path() {
		let inner = Value::Record(vec![("uri".into(), Value::Text("ipfs://card".into()))]);
		let value = Value::Record(vec![("agent".into(), 7.into()), ("card".into(), inner)]);
		let rows = [("agent", "7"), ("card.uri", "ipfs://card")];
		assert_eq!(value.flatten(), rows.map(|(name, value)| (name.into(), value.into())));
	}

	impl From<u64> for Value {
		fn from(number: u64) -> Self {
			Self::Number(number)
		}
	}
}
