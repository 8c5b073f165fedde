package dev.heddle.sql;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes records of rows: each component takes the column of its name, whatever the case and with
/// or without underscores.
final class RecordMapper<T> implements RowMapper<T> {
    private final Class<T> type;
    private final Constructor<T> constructor;
    private final RecordComponent[] components;

    /// The column of each component.
    private final int[] columns;

    private final String[] labels;

    private RecordMapper(
            Class<T> type,
            Constructor<T> constructor,
            RecordComponent[] components,
            int[] columns,
            String[] labels) {
        this.type = type;
        this.constructor = constructor;
        this.components = components;
        this.columns = columns;
        this.labels = labels;
    }

    static <T> RecordMapper<T> of(Class<T> type, ResultSetMetaData result) throws SQLException {
        RecordComponent[] components = type.getRecordComponents();
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            all.add(result.getColumnLabel(i));
        }
        int[] columns = new int[components.length];
        String[] labels = new String[components.length];
        for (int i = 0; i < components.length; i++) {
            if (!Columns.knows(components[i].getType())) {
                throw new SqlException(
                        "component %s of record %s has the type %s, which no column has: use a RowMapper"
                                .formatted(
                                        components[i].getName(),
                                        type.getName(),
                                        components[i].getType().getName()));
            }
            columns[i] = column(components[i], all, type) + 1;
            labels[i] = all.get(columns[i] - 1);
        }
        return new RecordMapper<>(type, constructor(type, components), components, columns, labels);
    }

    private static int column(RecordComponent component, List<String> labels, Class<?> type) {
        int found = -1;
        for (int i = 0; i < labels.size(); i++) {
            if (plain(labels.get(i)).equals(plain(component.getName()))) {
                if (found >= 0) {
                    throw new SqlException(
                            "columns %s and %s both fit component %s of record %s: give them names with AS"
                                    .formatted(
                                            labels.get(found),
                                            labels.get(i),
                                            component.getName(),
                                            type.getName()));
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new SqlException(
                    "no column for component %s of record %s: the columns are %s; name one %s with AS"
                            .formatted(
                                    component.getName(),
                                    type.getName(),
                                    String.join(", ", labels),
                                    snakeCase(component.getName())));
        }
        return found;
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static <T> Constructor<T> constructor(Class<T> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every record has its canonical constructor", e);
        } catch (InaccessibleObjectException e) {
            throw new SqlException(
                    "record %s is closed to Heddle: say \"opens %s to dev.heddle.sql;\" in the module-info of %s"
                            .formatted(
                                    type.getName(),
                                    type.getPackageName(),
                                    type.getModule().getName()),
                    e);
        }
    }

    @Override
    public T map(ResultSet row) throws SQLException {
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(row, i);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new SqlException(
                    "record %s refuses a row: %s".formatted(type.getName(), e.getCause()),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("record " + type.getName() + " cannot be made", e);
        }
    }

    private @Nullable Object read(ResultSet row, int i) throws SQLException {
        Class<?> wanted = components[i].getType();
        Object value;
        try {
            value = Columns.read(row, columns[i], wanted);
        } catch (SQLException | IllegalArgumentException e) {
            throw new SqlException(
                    "column %s does not fit component %s %s of record %s: %s"
                            .formatted(
                                    labels[i],
                                    wanted.getSimpleName(),
                                    components[i].getName(),
                                    type.getName(),
                                    e.getMessage()),
                    e);
        }
        if (value == null && wanted.isPrimitive()) {
            throw new SqlException(
                    "column %s is null, which component %s %s of record %s cannot be: give it a reference type, or the column a value with COALESCE"
                            .formatted(
                                    labels[i],
                                    wanted.getSimpleName(),
                                    components[i].getName(),
                                    type.getName()));
        }
        return value;
    }
}
