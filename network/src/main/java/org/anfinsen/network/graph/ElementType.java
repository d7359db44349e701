package org.anfinsen.network.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** Element types of tensors in a graph. */
public enum ElementType {
    FLOAT(DataType.FLOAT),
    INT8(DataType.INT8),
    INT32(DataType.INT32),
    INT64(DataType.INT64);

    private final DataType onnx;

    ElementType(DataType onnx) {
        this.onnx = onnx;
    }

    int onnxNumber() {
        return onnx.getNumber();
    }
}
